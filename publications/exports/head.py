"""What search engines and reference managers read in the head of a page."""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from publications.exports.description import Description
from publications.rules.formats import FORMS

# Inside a script element "</" would end the element; JSON may write these signs as numbers.
ESCAPED = str.maketrans(
    {
        "<": "\\u003C",
        ">": "\\u003E",
        "&": "\\u0026",
        "\u2028": "\\u2028",
        "\u2029": "\\u2029",
    }
)


def meta_tags(about: Description) -> tuple[tuple[str, str], ...]:
    """Return names and contents of the meta tags: Dublin Core, then those of Google Scholar."""
    pairs = [
        ("description", about.summary),
        ("DC.title", about.whole_title),
        ("DC.creator", about.publisher),
        ("DC.publisher", about.publisher),
        ("DC.date", about.dated.isoformat()),
        ("DC.language", "de"),
        ("DC.type", "Text"),
        ("DC.description", about.summary),
        ("DC.identifier", about.url),
        ("DC.identifier", f"urn:isbn:{about.isbn}" if about.isbn else ""),
        ("DC.identifier", f"https://doi.org/{about.doi}" if about.doi else ""),
        ("DC.identifier", about.urn),
        ("DC.rights", about.licence_url),
        ("DC.coverage", "Hessen"),
        *(("DC.subject", word) for word in about.keywords),
        ("citation_title", about.whole_title),
        ("citation_author", about.publisher),
        ("citation_technical_report_institution", about.publisher),
        ("citation_publication_date", about.dated.strftime("%Y/%m/%d")),
        ("citation_language", "de"),
        ("citation_isbn", about.isbn),
        ("citation_doi", about.doi),
        ("citation_public_url", about.url),
        ("citation_pdf_url", about.pdf_url if about.pdf_bytes else ""),
    ]
    return tuple((name, content) for name, content in pairs if content)


def schema_org(about: Description) -> dict[str, Any]:
    """Return the edition in the words of schema.org."""
    publisher = {"@type": "GovernmentOrganization", "name": about.publisher}
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": ["Report", "Book"] if about.isbn else "Report",
        "@id": about.url,
        "url": about.url,
        "name": about.title,
        "alternativeHeadline": about.subtitle,
        "abstract": about.summary,
        "inLanguage": "de",
        "version": str(about.number),
        "isbn": about.isbn,
        "identifier": _identifiers(about),
        "datePublished": about.published_on.isoformat(),
        "dateModified": about.changed_at.isoformat(timespec="seconds"),
        "author": publisher,
        "publisher": publisher,
        "license": about.licence_url,
        "isAccessibleForFree": True,
        "keywords": list(about.keywords),
        "spatialCoverage": {"@type": "AdministrativeArea", "name": "Hessen"},
        "temporalCoverage": f"{about.starts_on.isoformat()}/{about.ends_on.isoformat()}",
        "exampleOfWork": {"@type": "CreativeWork", "@id": about.publication_url},
        "encoding": _files(about),
        "hasPart": [
            {
                "@type": "Chapter",
                "name": part.title,
                "position": part.number,
                "url": f"{about.url}#{part.anchor}",
            }
            for part in about.parts
        ],
        "creativeWorkStatus": "Beispielausgabe" if about.is_sample else "Published",
    }
    return {name: value for name, value in found.items() if value not in ("", [])}


def title_schema_org(about: Description) -> dict[str, Any]:
    """Return a title in the words of schema.org; its newest edition is the example of it."""
    edition = schema_org(about)
    shared = ("@context", "name", "alternativeHeadline", "abstract", "inLanguage", "publisher")
    return {
        **{name: edition[name] for name in shared if name in edition},
        "@type": "CreativeWork",
        "@id": about.publication_url,
        "url": about.publication_url,
        "workExample": edition,
    }


def structured_data(found: dict[str, Any]) -> SafeString:
    """Return the data block of a page: browsers do not run it, so the CSP has nothing to say."""
    written = json.dumps(found, ensure_ascii=False).translate(ESCAPED)
    safe = mark_safe(written)  # noqa: S308  no sign is left that HTML would read
    return format_html('<script type="application/ld+json">{}</script>', safe)


def _identifiers(about: Description) -> list[dict[str, str]]:
    known = (("ISBN", about.isbn), ("DOI", about.doi), ("URN", about.urn))
    return [
        {"@type": "PropertyValue", "propertyID": name, "value": value}
        for name, value in known
        if value
    ]


def _files(about: Description) -> list[dict[str, str]]:
    return [
        {
            "@type": "MediaObject",
            "name": file.label,
            "encodingFormat": FORMS[file.format].content_type,
            "contentUrl": about.file_url(file),
            "contentSize": f"{file.size} B",
            "sha256": file.sha256,
        }
        for file in about.files
    ]
