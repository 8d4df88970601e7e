"""Words of ordinary models that mean the same: phone and telephone, lat and latitude.

Only what is the same thing under another word stands here. Words that are often used for each
other and may yet be two things (name and title, price and amount) do not.
"""

from __future__ import annotations

# Each line is one meaning: spellings, abbreviations, British and American.
_WORDS = """
    email mail
    telephone phone tel
    number no nr num
    quantity qty
    amount amt
    average avg
    minimum min
    maximum max
    total tot
    count cnt
    description desc descr
    identifier ident
    image img
    picture pic
    photo photograph
    address addr
    street str
    latitude lat
    longitude lon lng long
    password pwd passwd
    message msg
    reference ref
    information info
    configuration config cfg conf
    category cat
    department dept
    organization organisation org
    center centre
    color colour
    gray grey
    favorite favourite
    license licence
    catalog catalogue
    enrollment enrolment
    check cheque
    biography bio
    nickname nick
    temperature temp
    source src
    destination dest dst
    position pos
    previous prev
    timestamp ts
    language lang
    document doc
    attribute attr
    parameter param
    percent percentage pct
    second sec
    year yr
    birthday dob birthdate
"""

# Several words, by the first spelling of each, that say what one word says.
_PHRASES = {
    ("e", "email"): ("email",),
    ("email", "address"): ("email",),
    ("telephone", "number"): ("telephone",),
    ("date", "of", "birth"): ("birthday",),
    ("birth", "date"): ("birthday",),
    ("user", "name"): ("username",),
    ("nick", "name"): ("nickname",),
    ("given", "name"): ("first", "name"),
    ("family", "name"): ("last", "name"),
    ("surname",): ("last", "name"),
    ("firstname",): ("first", "name"),
    ("lastname",): ("last", "name"),
    ("zip", "code"): ("postcode",),
    ("zip",): ("postcode",),
    ("postal", "code"): ("postcode",),
    ("post", "code"): ("postcode",),
    ("address", "line"): ("address",),
    ("full", "time"): ("fulltime",),
    ("part", "time"): ("parttime",),
    ("time", "zone"): ("timezone",),
    ("last", "update"): ("updated",),
    ("last", "updated"): ("updated",),
}

# They say what kind of value it is, which the type says too.
_LEADING = frozenset({"is", "was"})
_TRAILING = frozenset({"at", "on", "date"})

_MEANING = {word: line.split()[0] for line in _WORDS.strip().splitlines() for word in line.split()}


def meaning(words: list[str]) -> tuple[str, ...]:
    """What the words of a name mean; the same for two names that say the same thing."""
    found = [_MEANING.get(word, word) for word in words]
    said: list[str] = []
    while found:
        for length in (3, 2, 1):
            phrase = _PHRASES.get(tuple(found[:length]))
            if phrase is not None and length <= len(found):
                said += phrase
                del found[:length]
                break
        else:
            said.append(found.pop(0))
    if len(said) > 1 and said[0] in _LEADING:
        del said[0]
    if len(said) > 1 and said[-1] in _TRAILING:
        del said[-1]
    return tuple(_MEANING.get(word, word) for word in said)
