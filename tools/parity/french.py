"""Makes French texts for the parity runs: the paragraphs of french.txt and sentences made from patterns.

Everything here was written for this project. The same call gives the same texts.
"""

import pathlib
import random
import re

PARAGRAPHS = pathlib.Path(__file__).with_name("french.txt")

LANDS = {
    "l'Égypte": "à l'Égypte", "la Grèce": "à la Grèce", "le Maroc": "au Maroc", "les Émirats arabes unis": "aux Émirats",
    "l'Inde": "à l'Inde", "la Pologne": "à la Pologne", "le Qatar": "au Qatar", "les Pays-Bas": "aux Pays-Bas",
    "l'Arabie saoudite": "à Riyad", "la Corée du Sud": "à Séoul", "Israël": "à Israël", "Chypre": "à Chypre",
    "le Burkina Faso": "au Burkina Faso", "la Côte d'Ivoire": "à Abidjan", "l'Ukraine": "à l'Ukraine",
}
GOODS = ["frégates", "chars Leclerc", "missiles Mistral", "hélicoptères NH90", "drones", "radars GM200", "avions de chasse",
         "obus de 155 mm", "canons Caesar", "fusils d'assaut", "sous-marins Scorpène", "véhicules blindés", "torpilles",
         "gilets pare-balles", "jumelles de vision nocturne", "pièces détachées", "mines antichars", "roquettes"]
MAKERS = ["Dassault Aviation", "Naval Group", "Thales", "MBDA", "Nexter", "Airbus Helicopters", "l'industriel",
          "la société Arquus", "le groupe Safran", "un sous-traitant de Bourges", "l'arsenal de Cherbourg"]
PEOPLE = ["Mme Roux", "M. Le Goff", "Jean-Marc Petit", "le général Abadie", "la ministre", "un diplomate européen",
          "Aïcha N'Diaye", "le porte-parole de l'armée", "Mᵉ Villard", "l'ancien Premier ministre", "une source proche du dossier",
          "le sénateur (PS) de l'Aude", "Élodie Fontaine, analyste à l'Iris", "Ursula von der Leyen", "le PDG"]
SAYS = ["a indiqué", "assure", "a reconnu", "affirmait", "vient d'annoncer", "n'a pas caché", "croit savoir", "répète à l'envi"]
WHEN = ["mardi", "le 14 juillet 2023", "l'an dernier", "d'ici à 2027", "en mars", "hier soir", "il y a dix ans", "avant-hier",
        "au début du mois", "à l'automne", "après des mois d'attente", "du jour au lendemain"]
COUNT = ["deux", "une douzaine de", "dix-huit", "24", "1 200", "plus de 300", "quatre-vingts", "une centaine de", "trente et un"]
MONEY = ["3,2 milliards d'euros", "450 M€", "1,75 milliard de dollars", "près de 90 millions de livres", "12 000 €", "quelque 600 000 $"]
PLACES = ["à Toulon", "au large de Djibouti", "dans le Donbass", "près d'Aix-en-Provence", "à L'Haÿ-les-Roses", "en mer Rouge",
          "sur la base aérienne 118", "devant l'Assemblée nationale", "chez eux", "aux confins du Tchad et de la Libye"]
FEELINGS = ["heureux", "soulagée", "inquiets", "furieuses", "sceptique", "las", "ravie", "étonnés"]
THINGS = ["le vieux phare", "la mairie", "son chapeau", "cette maison-là", "l'hôpital", "leur jardin", "le dernier train",
          "l'œuvre du sculpteur", "mon arrière-grand-mère", "ce sous-sol", "la porte-fenêtre", "l'abat-jour"]
ACTS = ["ne ressemblait plus à rien", "s'effondra dans un grand bruit", "fut vendue aux enchères", "n'a guère changé",
        "doit être repeint", "nous rappelait l'enfance", "aurait mérité mieux", "tient encore debout", "s'en est allé"]

PATTERNS = [
    "{maker} livrera {count} {goods} {to} {when}.",
    "{when_}, {land} a commandé {count} {goods} pour {money}.",
    "« Nous n'avons pas vendu de {goods} {to} », {says} {person}.",
    "{person_} {says} que {land} recevrait {count} {goods} {when}.",
    "Les {goods} que {maker} avait promis {to} n'ont toujours pas été livrés.",
    "C'est {when} que {person} s'est rendu {place}, où l'attendaient {count} soldats.",
    "Qu'a-t-on fait des {goods} destinés {to} ? {person_} n'en sait rien.",
    "D'un montant de {money}, ce contrat lie {maker} {to} jusqu'en 2031.",
    "Faut-il vendre des {goods} {to} ? Lorsqu'on le lui demande, {person} hausse les épaules.",
    "Aucun des {goods} saisis {place} n'était enregistré, d'après {person}.",
    "Bien que {feeling} d'apprendre la nouvelle, {person} ne s'est pas exprimé(e) {place}.",
    "{thing_} {act} ; {thing}, en revanche, {act2}.",
    "{person_}, {feeling}, lui a-t-il dit que {thing} {act} ?",
    "{land_} n'exporte plus : ni {goods}, ni {goods2}, ni quoi que ce soit d'autre.",
    "Jusqu'à présent, {land} n'aurait versé que {money} à {maker}, soit à peine 12,5 % du total.",
    "Donnez-les-nous ! s'écria {person} en montrant {thing}.",
    "{land_} et {land2} se partagent {count} {goods}, dont la moitié {place}.",
    "Selon {person}, « {thing} {act} » depuis que {maker} a fermé son usine {place}.",
    "Il y en a {count} : des {goods}, des {goods2}, et puis {thing}.",
    "Ayant été averti {when} par {person}, {maker} suspendit la livraison des {goods} {to}.",
    "Les journalistes se sont vu refuser l'accès ; {person} {says} ne rien avoir à cacher.",
    "Quelle que soit la décision, {land} gardera ses {goods} {place}, coûte que coûte.",
    "{count_} {goods} ont été détruits {place} {when}, et {count2} autres endommagés.",
    "Est-ce que {land} paiera {money} ? Rien n'est moins sûr, puisqu'il s'agit de {goods} d'occasion.",
    "On s'en souvient : {when}, {thing} {act}, et {person} en fut {feeling}.",
    "Le tout-venant : {goods}, {goods2}, etc. (cf. p. 12, art. L. 2335-1, n° 3).",
]


def capital(text):
    """The text with a capital at its start."""
    return text[0].upper() + text[1:]


def sentence(rng):
    """One sentence."""
    land, land2 = rng.sample(sorted(LANDS), 2)
    (goods, goods2), (act, act2) = rng.sample(GOODS, 2), rng.sample(ACTS, 2)
    person, when, count, thing = rng.choice(PEOPLE), rng.choice(WHEN), rng.choice(COUNT), rng.choice(THINGS)
    text = rng.choice(PATTERNS).format(
        maker=rng.choice(MAKERS), count=count, count_=capital(count), count2=rng.choice(COUNT), goods=goods, goods2=goods2,
        to=LANDS[land], land=land, land_=capital(land), land2=land2, when=when, when_=capital(when), money=rng.choice(MONEY),
        says=rng.choice(SAYS), person=person, person_=capital(person), place=rng.choice(PLACES), feeling=rng.choice(FEELINGS),
        thing=thing, thing_=capital(thing), act=act, act2=act2)
    text = re.sub(r"\bà le(?= )", "au", text)
    text = re.sub(r"\b([dq]u?)e (?=[aàeéêiouyh][a-zéè])", r"\1'", text, flags=re.IGNORECASE)
    if rng.random() < 0.2:
        text = text.replace("'", "’")
    return capital(text)


def french_texts(count):
    """The hand-written paragraphs, then `count` texts of one to six sentences."""
    yield from PARAGRAPHS.read_text().split("\n\n")
    rng = random.Random(11)
    for _ in range(count):
        yield " ".join(sentence(rng) for _ in range(rng.randint(1, 6)))
