"""The vocabulary of tags, as data: what each is called, what helps, and the words that suggest it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Tag:
    """Something that a bullet may show about the candidate, or a habit that the notes show.

    `title` is what pages call it, `trouble` what it is where it goes wrong, as part of a sentence
    (`your answers run long`), `helps` one thing to do about it. `cues` are words by language that
    leave no doubt; in them `*` stands for any ending and `…` for one to three words. Where somebody
    else is the subject of a cue it says nothing, but for one that begins with `they: `.
    """

    name: str
    title: str
    trouble: str
    helps: str
    cues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def _cues(**words: str) -> Mapping[str, tuple[str, ...]]:
    return {language: tuple(text.split(" | ")) for language, text in words.items()}


VOCABULARY: Final = (
    Tag(
        "preparation",
        "Preparation",
        "preparation runs short",
        "Put half an hour into the day before: their site, their news, three examples of yours.",
        _cues(
            en="prepared | unprepared | my preparation | did my homework | read up on"
            " | had read their | had not read | did not prepare | didn't prepare"
            " | looked them up | researched",
            de="vorbereitet | unvorbereitet | vorbereitung | hausaufgaben gemacht | recherchiert"
            " | eingelesen",
            fr="préparé | préparée | ma préparation | rien préparé | mal préparé"
            " | renseigné sur | renseignée sur",
            es="preparado | preparada | mi preparación | no preparé | había preparado"
            " | investigué la empresa",
        ),
    ),
    Tag(
        "role_knowledge",
        "Knowing the role",
        "you know too little about the role",
        "Read the advert once more and say in two sentences what the job is for.",
        _cues(
            en="what the role | what the company does | what the company sells | what they sell"
            " | their products | job description | knew the role | did not know the role",
            de="stellenbeschreibung | stellenanzeige | was die firma macht"
            " | was das unternehmen macht | ihre produkte | deren produkte",
            fr="fiche de poste | ce que fait l'entreprise | ce que l'entreprise fait"
            " | leurs produits",
            es="descripción del puesto | qué hace la empresa | lo que hace la empresa"
            " | sus productos",
        ),
    ),
    Tag(
        "story_structure",
        "Telling a clear story",
        "your stories lose their thread",
        "Situation, what you did, what came of it: one sentence each.",
        _cues(
            en="lost the thread | lost my thread | star method | jumped around | told it backwards"
            " | clear story | no structure | my story had",
            de="roter faden | roten faden | faden verloren | keine struktur | durcheinander erzählt",
            fr="perdu le fil | fil conducteur | méthode star | sans structure | aucune structure",
            es="perdí el hilo | hilo conductor | método star | sin estructura",
        ),
    ),
    Tag(
        "evidence",
        "Giving evidence",
        "your claims stand without an example",
        "For each claim have one example with a result that can be counted.",
        _cues(
            en="concrete example* | no example* | without an example | without examples"
            " | gave an example | gave examples | real example* | my portfolio | work sample*",
            de="konkretes beispiel | konkrete beispiele | konkreten beispiel* | kein beispiel"
            " | keine beispiele | ohne beispiel* | arbeitsprobe*",
            fr="exemple concret | exemples concrets | aucun exemple | pas d'exemple"
            " | sans exemple | mon portfolio",
            es="ejemplo concreto | ejemplos concretos | ningún ejemplo | sin ejemplo*"
            " | mi portafolio",
        ),
    ),
    Tag(
        "conciseness",
        "Keeping answers short",
        "your answers run long",
        "One sentence on what it was, one on what you did, one on what changed. Then stop.",
        _cues(
            en="rambled | rambling | talked too long | talked too much | talked for … minutes"
            " | talked about … for … minutes | spoke too long | spoke for … minutes"
            " | went on and on | long-winded | answer* too long | answer was too long"
            " | answers were too long | long answer* | short answer* | kept it short | kept … short"
            " | to the point | monologue | waffled | could not stop talking"
            " | they: looked at the clock | they: looked at her watch"
            " | they: looked at his watch",
            de="zu lang geredet | zu lange geredet | zu viel geredet | minuten geredet"
            " | abgeschweift | ausgeschweift | weitschweifig | kurz gefasst | kurz und knapp"
            " | auf den punkt | monolog | zu ausführlich | antwort* zu lang"
            " | antworten waren zu lang | antwort war zu lang | kurze antworten | auf die uhr",
            fr="parlé trop longtemps | trop parlé | parlé … minutes | parlé pendant … minutes"
            " | réponse* trop longue* | trop bavard | trop bavarde | monologue | réponse courte"
            " | réponses courtes | droit au but | they: regardé sa montre | they: regardé l'heure",
            es="hablé demasiado | hablé … minutos | hablé durante … minutos | me enrollé"
            " | me extendí | respuesta* demasiado larga* | respuestas cortas | respuesta corta"
            " | al grano | monólogo | they: miró el reloj | divagué | divagando",
        ),
    ),
    Tag(
        "technical_depth",
        "Technical depth",
        "technical questions go deeper than your answers",
        "Write down the question and explain the answer aloud, as to a colleague.",
        _cues(
            en="technical question* | technical detail* | technical part | sql question*"
            " | coding question* | coding exercise | coding task | live coding | whiteboard",
            de="fachfrage* | technische frage* | technischen frage* | fachliche frage*"
            " | fachlichen frage* | technische details | programmieraufgabe",
            fr="question technique | questions techniques | détails techniques | partie technique"
            " | exercice de code",
            es="pregunta técnica | preguntas técnicas | detalles técnicos | prueba técnica"
            " | ejercicio de código",
        ),
    ),
    Tag(
        "listening",
        "Listening",
        "you answer before the question is over",
        "Say the question back in your own words before you answer it.",
        _cues(
            en="i interrupted | interrupted her | interrupted him | interrupted them | talked over"
            " | did not listen | didn't listen | listened | misunderstood the question"
            " | misheard | not what was asked | not what she asked | not what he asked"
            " | not what they asked | answered a different question | answered another question",
            de="ins wort gefallen | zugehört | frage missverstanden | frage falsch verstanden"
            " | an der frage vorbei",
            fr="coupé la parole | pas écouté | bien écouté | mal compris la question"
            " | à côté de la question",
            es="interrumpí | no escuché | escuché | entendí mal la pregunta | no era la pregunta",
        ),
    ),
    Tag(
        "questions_asked",
        "Asking questions",
        "you ask too little",
        "Bring three questions that only somebody who works there can answer.",
        _cues(
            en="asked good questions | asked a good question | good question* of mine"
            " | had no questions | asked no question* | no questions of my own"
            " | no questions for them | ran out of questions | forgot to ask | did not ask"
            " | didn't ask | my own questions",
            de="keine fragen gestellt | keine eigenen fragen | eigene fragen | gute fragen gestellt"
            " | gute frage gestellt | vergessen zu fragen | nicht nachgefragt",
            fr="posé aucune question | posé de bonnes questions | posé une bonne question"
            " | pas posé de question* | oublié de demander | pas demandé",
            es="no hice preguntas | hice buenas preguntas | hice una buena pregunta"
            " | olvidé preguntar | no pregunté | ninguna pregunta mía",
        ),
    ),
    Tag(
        "rapport",
        "Rapport",
        "you lose somebody in the room",
        "Look at each person once while you answer, and say their name once.",
        _cues(
            en="small talk | made … laugh | broke the ice | eye contact | got on well | rapport"
            " | we laughed | we both laughed",
            de="smalltalk | small talk | augenkontakt | blickkontakt | eis gebrochen"
            " | zum lachen gebracht | gut verstanden haben wir uns | uns gut verstanden",
            fr="brisé la glace | contact visuel | bon contact | fait rire | parlé de tout et de rien",
            es="rompí el hielo | rompimos el hielo | contacto visual | hice reír | nos reímos",
        ),
    ),
    Tag(
        "composure",
        "Staying calm",
        "nerves get in the way",
        "A breath before each answer. Silence is shorter than it feels.",
        _cues(
            en="nervous | nervously | panicked | froze | stayed calm | kept calm | went blank"
            " | stuttered | stammered | voice shook | hands shook | hands were shaking | flustered"
            " | lost my nerve | kept my nerve",
            de="nervös | panik | blackout | ruhig geblieben | gestottert | gelassen geblieben"
            " | verhaspelt | hände zitterten | hände haben gezittert",
            fr="nerveux | nerveuse | paniqué | resté calme | restée calme | bégayé | bafouillé"
            " | trou de mémoire | stressé | stressée",
            es="nervioso | nerviosa | me puse nervioso | en blanco | mantuve la calma"
            " | tartamudeé | me bloqueé",
        ),
    ),
    Tag(
        "energy",
        "Energy",
        "your energy drops",
        "Stand up for a call, and say why you would like to do this work.",
        _cues(
            en="was tired | sounded tired | yawned | monotone | monotonous | enthusiasm"
            " | enthusiastic | sounded bored | low energy | no energy | full of energy",
            de="war müde | klang müde | gegähnt | begeisterung | lustlos | monoton",
            fr="étais fatigué | étais fatiguée | bâillé | enthousiasme | enthousiaste | monotone"
            " | sans énergie",
            es="estaba cansado | estaba cansada | bostecé | entusiasmo | monótono | sin energía",
        ),
    ),
    Tag(
        "salary_talk",
        "Talking about pay",
        "talk about pay catches you out",
        "Ask for their range first. If you must name a number, know the lowest you would accept.",
        _cues(
            en="salary | pay range | hourly rate | what i want to earn | named a figure"
            " | named a number | talk* about pay | talked about money",
            de="gehalt | gehaltsfrage | gehaltsvorstellung | gehaltsvorstellungen | gehaltswunsch"
            " | stundenlohn | stundensatz",
            fr="salaire | prétentions salariales | rémunération | taux horaire",
            es="salario | sueldo | expectativas salariales | pretensiones salariales",
        ),
    ),
    Tag(
        "weakness_answer",
        "The question about weaknesses",
        "the question about weaknesses finds no answer",
        "Name a real one, and what you do about it.",
        _cues(
            en="biggest weakness* | greatest weakness* | my weakness* | weakness question"
            " | perfectionist | perfectionism",
            de="größte schwäche | größten schwäche* | meine schwäche* | meinen schwächen"
            " | nach schwächen | frage nach der schwäche | perfektionist*",
            fr="mes faiblesses | mon défaut | mes défauts | plus grand défaut"
            " | plus grande faiblesse | perfectionniste",
            es="mis debilidades | mi debilidad | mayor debilidad | mayor defecto | mis defectos"
            " | perfeccionista",
        ),
    ),
    Tag(
        "career_story",
        "Telling your own story",
        "your own story does not come across",
        "Practise “tell me about yourself” until it takes a minute.",
        _cues(
            en="tell me about yourself | tell us about yourself | career story | career change"
            " | gap in my | why i left | where i see myself",
            de="erzählen sie von sich | erzählen sie etwas über sich | werdegang"
            " | lücke im lebenslauf | selbstvorstellung",
            fr="parlez-moi de vous | parlez-nous de vous | présentez-vous | mon parcours"
            " | trou dans mon cv | reconversion",
            es="hábleme de usted | háblame de ti | háblenos de usted | mi trayectoria"
            " | hueco en mi | cambio de carrera",
        ),
    ),
    Tag(
        "negativity",
        "Staying positive",
        "you speak of the past with bitterness",
        "Say what you want next, not what was bad before.",
        _cues(
            en="complained | complaining | badmouthed | spoke badly of | spoke ill of | ranted"
            " | moaned about | whined | sounded bitter | my old boss | my last boss"
            " | my former boss",
            de="gelästert | schlecht über | gejammert | gemeckert | mich beschwert"
            " | meinen alten chef | meinen früheren chef",
            fr="dit du mal | mal parlé de | je me suis plaint | je me suis plainte | râlé"
            " | mon ancien patron | mon ancien chef",
            es="hablé mal de | me quejé | quejándome | mi antiguo jefe | mi antigua jefa",
        ),
    ),
    Tag(
        "closing",
        "Closing well",
        "the end of the talk slips",
        "Say that you would like the job, ask for the next step, thank them. Then go.",
        _cues(
            en="next step* | last impression | said goodbye | forgot to say goodbye"
            " | asked for the job | my closing | closing question",
            de="nächste schritte | nächsten schritten | nächsten schritt | verabschiedet"
            " | verabschiedung | letzter eindruck",
            fr="prochaine étape | prochaines étapes | dit au revoir | dernière impression"
            " | pris congé",
            es="próximo paso | próximos pasos | siguientes pasos | me despedí | despedida"
            " | última impresión",
        ),
    ),
    Tag(
        "logistics",
        "Place, time and technology",
        "place, time or technology get in the way",
        "Try the way and the link the day before, and be there ten minutes early.",
        _cues(
            en="minutes late | was late | arrived late | came late | on time | minutes early"
            " | arrived early | missed the bus | missed the train | my microphone | my camera"
            " | my headset | on mute | wi-fi | wifi | connection dropped | internet connection"
            " | wrong building | wrong address | wrong room | doorbell",
            de="minuten zu spät | zu spät gekommen | kam zu spät | pünktlich | verlaufen"
            " | mikrofon | kamera | wlan | internetverbindung | verbindung brach"
            " | zug verpasst | bus verpasst | falsche adresse",
            fr="en retard | arrivé à l'heure | arrivée à l'heure | mon micro | ma caméra | wifi"
            " | connexion coupée | mauvaise adresse | raté le train | raté le bus",
            es="llegué tarde | minutos tarde | puntual | mi micrófono | mi cámara | wifi"
            " | conexión a internet | dirección equivocada | perdí el tren | perdí el autobús",
        ),
    ),
    Tag(
        "presentation",
        "How you come across",
        "how you look or show things gets in the way",
        "Light from the front, slides closed when they are done, and clothes you can sit in.",
        _cues(
            en="my suit | my outfit | overdressed | underdressed | well dressed | body language"
            " | slouched | handshake | stain on | my slides",
            de="mein anzug | overdressed | gut gekleidet | körpersprache | händedruck"
            " | meine folien | fleck auf",
            fr="mon costume | bien habillé | bien habillée | mal habillé | mal habillée"
            " | langage corporel | poignée de main | mes diapos | tache sur",
            es="mi traje | bien vestido | bien vestida | mal vestido | mal vestida"
            " | lenguaje corporal | apretón de manos | mis diapositivas | mancha en",
        ),
    ),
    Tag(
        "follow_through",
        "Following through",
        "what you promised stays undone",
        "Write each promise into the note; it comes back with its day.",
        _cues(
            en="as promised | i had promised | kept my promise | forgot to send | never sent"
            " | promised to send",
            de="wie versprochen | hatte versprochen | vergessen zu schicken | nachgereicht",
            fr="comme promis | avais promis | oublié d'envoyer | jamais envoyé",
            es="como prometí | había prometido | olvidé enviar | nunca envié",
        ),
    ),
)

HABITS: Final = (
    Tag(
        "decision_not_asked",
        "Decision date not asked",
        "you leave without knowing when they decide",
        "Before you leave: “When may I expect to hear from you?”",
    ),
    Tag(
        "no_address",
        "No address collected",
        "you leave without an address to write to",
        "Before you leave: “May I have your card, so that I can write to you?”",
    ),
    Tag(
        "late_thank_you",
        "Thank-you late",
        "your thank-yous go out late",
        "Write the note on the way home; its draft is there at once.",
    ),
)

_BY_NAME: Final = {tag.name: tag for tag in (*VOCABULARY, *HABITS)}


def canonical(written: str) -> str:
    """A tag as it is counted: in lower case, one of the vocabulary also where it has hyphens."""
    name = written.casefold()
    known = name.replace("-", "_")
    return known if known in _BY_NAME else name


def tag_of(name: str) -> Tag:
    """The tag of that name; one that the owner made up is called what it says."""
    if tag := _BY_NAME.get(name):
        return tag
    words = " ".join(name.replace("_", " ").replace("-", " ").split())
    return Tag(name, words[:1].upper() + words[1:], words, "")
