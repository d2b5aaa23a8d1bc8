"""Which words in German mails name offices, people, streets and towns."""

import re

OFFICE = re.compile(
    r"amt\b|\bamt|ämter|behörde|\bstadt\b|stadt-|kreisstadt|kreis\b|kreisverwaltung|\bland\b|"
    r"landkreis|kreisausschuss|magistrat|gemeinde|regierungspräsidi|ministerium|senat|kanzlei|"
    r"verwaltung|verein|\be\. ?v\b|gmbh|\bag\b|\bkg\b|\bgbr\b|\bug\b|schule|gymnasium|kolleg\b|"
    r"universität|\buni\b|hochschule|akademie|institut|bibliothek|bücherei|archiv|museum|caritas|"
    r"diakonie|diakonisch|\bawo\b|arbeiterwohlfahrt|rotes kreuz|\bdrk\b|malteser|johanniter|"
    r"verband|\bbund\b|kirche|pfarr|dekanat|bistum|jobcenter|job-center|agentur|(?:\b|bildungs|hilfs|sozial|jugend|kolping|studenten|studierenden)werk\b|stiftung|"
    r"\brat\b|beirat|fraktion|polizei|gericht|kammer|zentrum|zentrale|dienst\b|dienste\b|stelle\b|"
    r"büro|fachstelle|klinik|(?:\b|kranken|bürger|jugend|gemeinde|eltern|stadt|frauen|generationen)haus\b|praxis|verlag|redaktion|buchhandlung|netzwerk|"
    r"initiative|forum|projekt|gesellschaft|treff\b|kita\b|kindertag|volkshochschule|"
    r"\bvhs\b|kirchengemeinde|gewerkschaft|landtag|bundestag|partei|region\b|kommune|konsulat|"
    r"rathaus|bürgermeister(?:in)?\b|der landrat|die landrätin|fakultät|lehrstuhl|seminar\b",
    re.IGNORECASE,
)
UNIT = re.compile(
    r"\b(?:referat|dezernat|fachbereich|fachdienst|fachgebiet|abteilung|abt\.|sachgebiet|team|"
    r"stabsstelle|geschäftsbereich|bereich|sg|fb|fd|poststelle|sekretariat)\b",
    re.IGNORECASE,
)
FUNCTION = re.compile(
    r"sachbearbeit|referent(?:in)?\b|leiter(?:in)?\b|leitung\b|koordinat|geschäftsführ|\bvorstand\b|"
    r"vorsitzende|beauftragte|mitarbeiter|assisten|studier|student|berater|beratung\b|dozent|"
    r"lehrer|professor(?:in)?$|pädagog|auszubildende|praktikant|manager|dolmetsch|sprecher|"
    r"anwältin|anwalt\b|inspektor|oberrat|rätin$|amtfrau|amtmann|doktorand|\bmitglied\b|\bmd[lb]\b|abgeordnete",
    re.IGNORECASE,
)
STREET_WORD = re.compile(
    r"(?:str(?:aße|asse|\.)?|weg|platz|pl\.|allee|gasse|ring|damm|ufer|berg|markt|hof|graben|"
    r"steig|stieg|pfad|chaussee|promenade|anger|winkel|zeile|wall|tor|park|brücke|feld|garten|"
    r"gärten|kamp|höhe|grund|hang|rain|kai|anlage|passage|terrasse|siedlung|bach|wiese|wiesen)$",
    re.IGNORECASE,
)
STREET_START = re.compile(
    r"(?:am|an|auf|im|in|bei|beim|unter|hinter|vor|zum|zur|neben|alte[rns]?|neue[rns]?|große|"
    r"kleine|obere|untere)\s",
    re.IGNORECASE,
)
HOUSE_NUMBER = r"\d{1,4} ?[a-zA-Z]?(?: ?[-–/+] ?\d{1,4} ?[a-zA-Z]?)?"
STREET = re.compile(rf"^(?P<name>[^\W\d][^@:?!]{{1,60}}?),? (?P<number>{HOUSE_NUMBER})$")
POST_BOX = re.compile(r"^(?:Postfach|PF|Pf\.)\s*[\d ]{2,12}$")
SQUARES = re.compile(r"^[A-Z] ?\d{1,2}, ?\d{1,2}(?:-\d{1,2})?$")  # Mannheim counts its blocks

CLOSING = re.compile(
    r"gr(?:ü|ue)(?:ß|ss)|gru(?:ß|ss)\b|^\W*(?:mfg|lg|vg|bg|m\.f\.g\.)\W*$|hochachtung|"
    r"\bregards\b|^(?:vielen|besten|herzlichen|lieben) dank(?: im voraus)?\W*$|^danke\W*$",
    re.IGNORECASE,
)
SALUTATION = re.compile(
    r"^(?:sehr geehrte|guten (?:tag|morgen|abend)|liebe[sr]?\b|hallo|hi\b|moin|servus|dear|"
    r"werte|grüß gott|an (?:das|die|den)\b.{0,60}(?:ministerium|postfach))",
    re.IGNORECASE,
)
BETWEEN = (
    r"(?:\s+(?:ihr|sie|du|bitte|mal|mir|uns|für|das|dies|es|hier|diese[nrs]?|die|den|folgende[nr]?|"
    r"unten\s?stehende[nr]?|bestellung|anfrage|anforderung|e-?mail|nachricht|auftrag|vorgang|noch|"
    r"gleich|heute)){0,7}\s+"
)
# Only what is asked of a colleague: "leite ich weiter" also stands in answers to the orderer,
# "die Kosten übernehmen" and "meine Bestellung bearbeiten" in what an orderer writes later.
HANDED_OVER = re.compile(
    rf"\b(?:könnt|könntet|können|könnten|kannst|könntest|würdet|würdest|magst|mögt|bitte){BETWEEN}"
    r"(?:mit)?(?:übernehmen|bearbeiten|erledigen|eintragen|abarbeiten)\b|"
    r"\b(?:zur|um)\s+(?:weiteren?|gefälligen|weitere)\s+(?:bearbeitung|veranlassung|erledigung|"
    r"verwendung|verfügung)\b|\b(?:zur|um)\s+(?:bearbeitung|erledigung|übernahme)\b|"
    r"\bz\. ?w\. ?(?:v|b)\b|\bzuständigkeitshalber\b|"
    r"\bkönnt ihr euch\b.{0,30}\bkümmern\b|\bbitte kümmer(?:t|n)\b|"
    r"^\W*(?:fyi|z\. ?k\.|zur (?:kenntnis|info(?:rmation)?))\W*(?:$|gru(?:ß|ss)|lg\b|vg\b)",
    re.IGNORECASE,
)
NO_NAME = {
    "vielen", "dank", "danke", "guten", "tag", "mit", "freundlichen", "grüßen", "viele", "beste",
    "hallo", "sehr", "geehrte", "damen", "herren", "bitte", "bestellung", "im", "auftrag", "ihr",
    "ihre", "team", "liebe", "liebes", "und", "die", "der", "das", "telefon", "fax", "mobil",
    "anlage", "anlagen", "von", "gesendet", "meinem", "meine", "lieferanschrift", "anschrift",
    "lieferadresse", "adresse", "versand", "hessen", "deutschland", "germany", "postanschrift",
    "hausanschrift", "besucheranschrift", "abschlussbericht", "ich", "wir", "sie", "mail", "email",
    "post", "exemplare", "exemplar", "internet", "web", "info", "kontakt", "bestellformular",
    "iphone", "android", "outlook", "vertretung", "i", "a", "gez",
}  # fmt: skip
NAME_PARTS = {
    "von",
    "vom",
    "van",
    "de",
    "der",
    "den",
    "zu",
    "zur",
    "da",
    "di",
    "al",
    "el",
    "le",
    "und",
}
ACADEMIC = re.compile(r"^(?:(?:Prof|Dr|Dipl|Mag|Ing|med|phil|jur|iur|rer|nat|h|c|habil)\.?-?)+$")
NO_TOWN = {
    "Exemplare", "Exemplar", "Stück", "Euro", "EUR", "Einwohner", "Einwohnerinnen", "Personen",
    "Menschen", "Broschüren", "Hefte", "Bücher", "Berichte", "Uhr", "Tel", "Telefon", "Fax",
    "Mobil", "Mail", "E-Mail", "Deutschland", "Germany", "Mit", "Vielen", "Bitte", "Danke", "Ich",
    "Wir", "Der", "Die", "Das", "Besten", "Viele", "Herzliche", "Beste", "Hessen", "Internet",
    "Web", "Durchwahl", "Zimmer", "Raum", "Für", "Es", "Sollten", "Falls", "Wenn", "Allerdings",
}  # fmt: skip
TOWN_LINKS = {
    "am",
    "an",
    "der",
    "im",
    "in",
    "bei",
    "ob",
    "vor",
    "v.",
    "d.",
    "b.",
    "a.",
    "i.",
    "m.",
    "a.d.",
    "v.d.",
    "dem",
    "den",
    "auf",
}
