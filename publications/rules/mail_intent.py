"""Whether somebody asks for printed copies: a request, no question, complaint or spam."""

import re

from publications.rules.mail_numbers import GENERIC, SHAPES

ENOUGH = 3
NOT_OWN = re.compile(r"^\s*(?:aw|re|antw|wg|fwd?|sv)\s*:", re.IGNORECASE)
REQUESTS = (
    (3, r"\b(?:hiermit\s+)?bestell(?:e|en)\b(?!\s+sie)(?!.{0,20}\?)"),
    (3, r"\bbestellung(?:en)?\b(?=\s*(?::|von|über|für|des|der|gedruckt|\d|$))"),
    (3, r"\b(?:nach|ab|auf)bestell(?:e|en|ung)\b|\bbestell(?:schein|formular|wunsch)\b"),
    (3, r"\b(?:möchte|würde|will|wollen|möchten|würden)\b.{0,120}\bbestellen\b"),
    (3, r"\bbitten?\b.{0,90}\b(?:\w*senden|\w*schicken|\w*liefern|zukommen|"
        r"lassen|übersendung|zusendung|lieferung|zustellung|sendet|schickt)\b"),
    (3, r"\b(?:senden|schicken|übersenden|liefern|sendet|schickt|schicke|sende)\b(?:\s+sie)?"
        r"(?:\s+\w+){0,3}?\s+(?:mir|uns|an|bitte)\b"),
    (3, r"\b(?:um|erbitten?|erbeten)\b.{0,60}\b(?:zusendung|übersendung|lieferung|zustellung|"
        r"überlassung|exemplar)"),
    (3, r"\b(?:können|könnten|könntet|könnt|würden|würdet|kannst|wäre es möglich)\b.{0,160}\b"
        r"(?:\w*senden|\w*schicken|zukommen|liefern|überlassen)\b"),
    (3, r"\b(?:benötigen?|brauchen?|bräuchten?|wünschen?|fordern?)\b.{0,120}"
        r"(?:exemplar|stück|bericht|broschüre|ausgabe|heft|faltbl|b[uü]ch|\ban\b)"),
    (3, r"\b(?:hätten?|nehmen?|bekäme|bekommen|erhalten)\b.{0,40}\b(?:gerne?|bitte)\b"),
    (3, r"\b(?:möchten?|würden?|können|könnten?|kann|dürfen|dürften?)\b"
        r".{0,120}\b(?:erhalten|bekommen|haben)\b"),
    (3, r"\banforderung\b.{0,60}(?:exemplar|stück|bericht|druck|\d)"),
    (2, r"\b(?:anforderung|bedarf)\b"),
    (3, r"\berbitten?\b|\b(?:dankbar|freuen?|nett|schön|lieb|toll|verbunden)\b.{0,60}\bwenn\b"
        r".{0,160}\b(?:\w*senden|\w*schicken|sendet|schickt|liefer\w*|zukommen|überlass\w*)\b"),
    (3, r"\b(?:i|we)\b.{0,30}\border\b|\bplease\s+send\b|\bcould you\b.{0,40}\bsend\b|"
        r"\bwould like to (?:order|receive|have)\b"),
    (2, r"\b(?:gerne?|bitte)\b.{0,60}\bexemplare?\b|\bexemplare?\b.{0,40}\b(?:bitte|gerne?)\b"),
)  # fmt: skip
INQUIRY = "eine Rückfrage zu einer früheren Bestellung"
COMPLAINT, CANCELLATION = "eine Reklamation", "eine Stornierung"
ABOUT_OLD_ORDERS = {INQUIRY, COMPLAINT, CANCELLATION}  # what they quote or pass on is no new order
AGAINST = (
    (4, INQUIRY, (
        r"\bnoch\s+(?:immer\s+)?(?:nicht|nichts|keine?)\b.{0,80}(?:angekommen|erhalten|"
        r"eingetroffen|geliefert|bekommen|eingegangen|gehört|erreicht)|"
        r"\bwo\s+bleib|\b(?:nicht|nie)\s+(?:angekommen|eingetroffen|geliefert)|"
        r"\bwarte\w*\b.{0,60}\b(?:bestellung|lieferung|sendung)\b|\bliefer(?:status|termin)\b")),
    (5, COMPLAINT, (
        r"\b(?:beschädigt|zerknickt|durchnässt|reklam\w*|beschwer\w*|mangelhaft|fehldruck\w*|"
        r"falsch\w*\s+(?:gelief\w*|liefer\w*|sendung|titel|anzahl)|zurücksenden|zurückschicken)\b")),
    (6, CANCELLATION, (
        r"\bstorn\w*|\babbestell\w*|\bbestellung\b.{0,40}\b(?:zurück(?:ziehen|nehmen)|löschen|"
        r"hinfällig)|\bdoch\s+nicht\s+mehr\b")),
    (9, "eine automatische Antwort", (
        r"\b(?:automatisch\w*\s+(?:antwort|erstellt\w*\s+(?:antwort|nachricht)|generiert\w*)|"
        r"abwesenheits\w*|out of (?:the )?office|auto(?:matic)?[- ]?reply|nicht im (?:büro|dienst|"
        r"haus)\b.{0,80}\b(?:zurück|wieder|erreichbar|vertretung)|"
        r"e-?mail(?:s)? w(?:ird|erden)\s+(?:\w+\s+){0,3}nicht\s+(?:gelesen|bearbeitet|"
        r"weitergeleitet))")),
    (9, "eine Meldung eines Mailservers", (
        r"\b(?:undeliver\w+|unzustellbar\w*|delivery (?:status|has failed|failure)|mail delivery|"
        r"konnte nicht zugestellt werden|mailer-daemon|returned mail)\b")),
    (6, "Werbung", (
        r"\b(?:newsletter|abmelden|unsubscribe|sonderangebot\w*|rabatt\w*|gratis\s*test\w*|"
        r"jetzt\s+(?:zugreifen|sichern|kaufen|bestellen)|unverbindliches?\s+angebot|"
        r"click here|hier klicken|suchmaschinen\w*|discount|% off|casino|kredit\b|"
        r"unsere?r?\s+(?:angebot|produkt|leistung|preis)\w*|stückpreis\w*|zzgl|bestellen\s+sie)\b")),
)  # fmt: skip
QUESTION = re.compile(
    r"^\W*(?:(?:und|aber|außerdem|zudem|meine frage|frage|kurze frage)\b\W*)*"
    r"(?:wann|wie|wo|was|wer|"
    r"warum|weshalb|welche\w*|wieso|ob|gibt es|gibt's|ist|sind|war|wird|werden|kann man|"
    r"kann ich|können wir|darf|dürfen|haben sie|hat|muss|müssen|kostet|stimmt|lässt sich|"
    r"wie viele|is|are|when|how|what)\b",
    re.IGNORECASE,
)
QUESTION_WORDS = re.compile(
    r"\b(?:ob|wann|wie viele?|was kostet|welche\w*)\b.{0,160}\b(?:bestell\w*|erschein\w*|erhält\w*|"
    r"bekomm\w*|erhalten|verfügbar|gedruckt|kann|können|gibt|kostet)\b",
    re.IGNORECASE,
)
NEGATED = re.compile(
    r"\b(?:kein(?:e|en)?|nicht(?:s)?)\b.{0,50}\b(?:bestell\w*|zusend\w*|schick\w*|zuschick\w*|"
    r"benötig\w*|brauch\w*)\b|\b(?:benötig\w*|brauch\w*|bestell\w*)\b.{0,30}\b(?:kein\w*|nicht)\b",
    re.IGNORECASE,
)
OTHER_THINGS = re.compile(
    r"\b(?:angebot|termin|rückruf|einladung|protokoll|rechnung|bescheinigung|link|datei|pdf|"
    r"elektronisch\w*|digital\w*|per mail|visum|aufenthalts\w+|pass|unterlagen|auskunft|"
    r"information(?:en)?|preisliste|kostenvoranschlag)\b",
    re.IGNORECASE,
)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; wrapped lines are joined, paragraphs are not."""
    found: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text):
        joined = re.sub(r"\s*\n\s*", " ", paragraph)
        found += re.split(r"(?<=[a-zäöüß)\d]{2}[.!?])\s+(?=[A-ZÄÖÜ0-9])", joined)
    return [each.strip() for each in found if each.strip()]


def objection(text: str, subject: str, *, names_title: bool, has_address: bool) -> str:
    """Return in German what a mail is instead of an order, or "" if it asks for copies.

    `names_title` says that it names a title that can be ordered, `has_address` that somebody's
    address stands in it. The subject of an answer or of a mail that was passed on is not the
    writer's own word.
    """
    own_subject = "" if NOT_OWN.match(subject) else subject
    lower = [each for each in [own_subject, *sentences(text)] if each]
    wants = sum(_wants(each) for each in lower)
    counts = any(shape.search(f"{own_subject}\n{text}") for shape in SHAPES[:3])
    if names_title and has_address and counts and "?" not in text:
        wants += ENOUGH  # a title, a number and an address need no verb
    against = _against(f"{own_subject}\n{text}")
    if against and wants - against[0] < ENOUGH:
        return against[1]
    if wants < ENOUGH:
        asks = any("?" in each for each in lower)
        return "eine Frage" if asks else "keine Bitte um gedruckte Exemplare"
    names = names_title or GENERIC.search(f"{subject}\n{text}")
    if not names and not counts and not re.search(r"bestell", f"{subject} {text}", re.IGNORECASE):
        return "keine Bitte um gedruckte Exemplare"
    return ""


def _wants(sentence: str) -> int:
    """Return how much a sentence asks for copies; questions about copies ask for none."""
    text = sentence.casefold().replace("ß", "ß")
    if NEGATED.search(text) or QUESTION_WORDS.search(text):
        return 0
    if "?" in text and QUESTION.match(text) and not SHAPES[2].search(text):
        return 0
    found = [points for points, shape in REQUESTS if re.search(shape, text)]
    if not found:
        return 0
    about_other = OTHER_THINGS.search(text) and not GENERIC.search(text)
    about_other = about_other and not re.search(r"bestell|exemplar", text)
    return 0 if about_other else max(found) + min(len(found) - 1, 2)


def _against(text: str) -> tuple[int, str] | None:
    text = " ".join(text.casefold().split())
    hits = [(points, name) for points, name, shape in AGAINST if re.search(shape, text)]
    return max(hits) if hits else None
