"""The few words that the printed book says itself, by language."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "chapter": "Chapter",
        "contents": "Contents",
        "index": "Index",
        "see": "see",
        "seealso": "see also",
        "page": "p.",
        "pages": "pp.",
        "cited": "Cited on",
        "answers": "Answers to the exercises",
        "figure-data": "Data behind the figures",
        "figure-data-at": "Data behind this figure",
        "terms": "Terms in this handout",
        "works": "Works cited",
        "answer": "Answer:",
        "answer-at": "Answer,",
        "circle": "Circle one:",
        "name": "Name",
        "date": "Date",
        "version": "Version",
        "points": "Points",
        "seed": "Seed",
        "working": "Working",
        "of": "of",
        "settled": "See:",
        "exercises": "Exercises on",
        "bold": "Numbers in bold lead to the glossary.",
        "picture": "Picture without a description",
    },
    "es": {
        "chapter": "Capítulo",
        "contents": "Índice",
        "index": "Índice alfabético",
        "see": "véase",
        "seealso": "véase también",
        "page": "p.",
        "pages": "pp.",
        "cited": "Se cita en",
        "answers": "Respuestas a los ejercicios",
        "figure-data": "Datos de las figuras",
        "figure-data-at": "Datos de esta figura",
        "terms": "Términos de este documento",
        "works": "Obras citadas",
        "answer": "Respuesta:",
        "answer-at": "Respuesta,",
        "circle": "Rodee una:",
        "name": "Nombre",
        "date": "Fecha",
        "version": "Versión",
        "points": "Puntos",
        "seed": "Semilla",
        "working": "Cálculo",
        "of": "de",
        "settled": "Véase:",
        "exercises": "Ejercicios en",
        "bold": "Los números en negrita llevan al glosario.",
        "picture": "Imagen sin descripción",
    },
}


def words(language: str) -> dict[str, str]:
    """Return the words for a language tag such as ``en`` or ``es-MX``; English where unknown."""
    return WORDS.get(language.partition("-")[0].lower(), WORDS["en"])
