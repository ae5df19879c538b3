#!/usr/bin/env python3
"""Writes the names of countries in other languages than English: country_names.py OUT.tsv

    pip install babel==2.19.0

Names of the Unicode CLDR (Unicode licence) as packed by Babel (BSD).
"""
import sys

from babel import Locale

# Codes that are no country.
OTHERS = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
LANGUAGES = ["de", "es", "fr", "it", "nl", "pt"]
HEAD = """# Names of countries in German, Spanish, French, Italian, Dutch and Portuguese, as far as they are not the English ones: ISO 3166-1
# code, names (| between them). Source: Unicode CLDR by way of the PyPI package Babel; tools/tagger/country_names.py.
"""


def main():
    english = dict(Locale("en").territories)
    with open(sys.argv[1], "w", encoding="utf8") as out:
        out.write(HEAD)
        for code in sorted(c for c in english if len(c) == 2 and c.isalpha() and c not in OTHERS):
            names = {Locale(language).territories.get(code, "") for language in LANGUAGES}
            names = sorted(n for n in names if n and n != english[code] and not set("(),&") & set(n))
            if names:
                out.write(f"{code}\t{'|'.join(names)}\n")


if __name__ == "__main__":
    main()
