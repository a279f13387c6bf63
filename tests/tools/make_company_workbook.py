#!/usr/bin/env python3
"""Writes tests/data/companies/virksomheder.xlsx as a liaison's workbook: numbers are numbers, so zeros in front are lost, and
dates are dates. What is real in it and what is not stands in tests/data/companies/README.md.

    pip install openpyxl==3.1.5 && python3 tests/tools/make_company_workbook.py
"""

from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook

HEAD = (
    "CVR-nr;P-nummer;Virksomhedsnavn;Produktionsenhed;Adresse;Postnr;By;Kommunekode;Branchekode;Virksomhedsform;"
    "Reklamebeskyttet;Antal ansatte;Årsværk;Måned;Startdato;Ophørsdato;Breddegrad;Længdegrad"
).split(";")
OCTOBER = date(2026, 10, 1)
AS, AMBA, SCHOOL, PUBLIC, REGION = (
    "Aktieselskab", "Andelsselskab (-forening) med begrænset ansvar", "Øvrige virksomhedsformer", "Primærkommune", "Region",
)
BUSINESS = "EA Copenhagen Business"

# CVR, P-number, company, production unit, address, postcode, city, municipality, industry, form, staff, full-time posts, start, end,
# latitude, longitude.
ROWS = [
    (31678021, 1015222227, BUSINESS, "Cphbusiness City", "Landemærket 11", 1119, "København K", 101, 854100, SCHOOL, 66, 58.4,
     date(2009, 4, 27), None, 55.6837, 12.5768),
    (31678021, 1019598469, BUSINESS, "Cphbusiness Partner", "Nansensgade 19", 1366, "København K", 101, 854100, SCHOOL, 9, 8,
     date(2014, 8, 1), None, None, None),
    (31678021, 1015222219, BUSINESS, "EA CBA Nordsjælland", "Milnersvej 48", 3400, "Hillerød", 219, 854100, SCHOOL, None, None,
     date(2009, 4, 27), date(2009, 4, 27), None, None),
    (31678021, 1015210865, BUSINESS, "Laborantskolen", "Milnersvej 35", 3400, "Hillerød", 219, 854100, SCHOOL, None, None,
     date(2009, 4, 20), date(2009, 4, 20), None, None),
    (31678021, 1018679732, BUSINESS, "Cphbusiness Lyngby (Nørgaardsvej)", "Nørgaardsvej 30", 2800, "Kgs. Lyngby", 173, 854100,
     SCHOOL, None, None, date(2013, 8, 12), date(2013, 8, 12), None, None),
    # Also in the other two files, with fewer people.
    (89563518, 1002821681, "CARLETTI A/S", "CARLETTI A/S", "Grenåvej 641", 8541, "Skødstrup", 751, 108200, AS, 169, 161.25,
     date(1979, 12, 7), None, 56.2665, 10.3052),
    # A number as text, with spaces.
    ("25 05 29 43", "1007256945", "MAGENTA ApS", "MAGENTA ApS", "Pilestræde 43, 3", 1112, "København K", 101, 620100,
     "Anpartsselskab", 91, 84, date(1999, 11, 15), None, None, None),
    (29189781, 1003326862, "TØNDER KOMMUNE", "TØNDER KOMMUNE", "Wegners Plads 2", 6270, "Tønder", 550, 841100, PUBLIC, 305, 266.1,
     date(2007, 1, 1), None, 54.9352, 8.8662),
]

# The same without a production unit: CVR, company, address, postcode, city, municipality, industry, form, staff, start.
COMPANIES = [
    (47458714, "LEGO SYSTEM A/S", "Aastvej 1", 7190, "Billund", 530, 324000, AS, 4400, None),
    (20165715, "DANFOSS A/S", "Nordborgvej 81", 6430, "Nordborg", 540, 281400, AS, 2900, None),
    (31858356, "GRUNDFOS HOLDING A/S", "Poul Due Jensens Vej 7", 8850, "Bjerringbro", 791, 642020, AS, 1900, None),
    (24256790, "NOVO NORDISK A/S", "Novo Alle 1", 2880, "Bagsværd", 159, 212000, AS, 20000, None),
    (26121264, "DANISH CROWN A/S", "Danish Crown Vej 1", 8940, "Randers SV", 730, 101110, AS, 5200, None),
    (25313763, "ARLA FOODS AMBA", "Sønderhøj 14", 8260, "Viby J", 751, 105100, AMBA, 6900, None),
    (35954716, "SALLING GROUP A/S", "Rosbjergvej 33", 8220, "Brabrand", 751, 471120, AS, 33000, None),
    (26259495, "COOP DANMARK A/S", "Roskildevej 65", 2620, "Albertslund", 165, 471120, AS, 15000, None),
    (56759913, "H. LUNDBECK A/S", "Ottiliavej 9", 2500, "Valby", 101, 212000, AS, 1600, None),
    (54879415, "ROCKWOOL INTERNATIONAL A/S", "Hovedgaden 584", 2640, "Hedehusene", 169, 239910, AS, 430, None),
    (10404916, "TIVOLI A/S", "Vesterbrogade 3", 1630, "København V", 101, 932100, AS, 900, None),
    (14707204, "KØBENHAVNS LUFTHAVNE A/S", "Lufthavnsboulevarden 6", 2770, "Kastrup", 185, 522300, AS, 2500, None),
    (25050053, "DSB", "Telegade 2", 2630, "Taastrup", 169, 491000, "Særlig offentlig virksomhed", 6200, None),
    (26911745, "KMD A/S", "Lautrupparken 40-42", 2750, "Ballerup", 151, 620200, AS, 2000, None),
    (21093106, "NNIT A/S", "Østmarken 3A", 2860, "Søborg", 159, 620200, AS, 800, None),
    (30060946, "DANMARKS TEKNISKE UNIVERSITET", "Anker Engelunds Vej 1", 2800, "Kgs. Lyngby", 173, 854200,
     "Statslig administrativ enhed", 6000, None),
    (29102384, "AALBORG UNIVERSITET", "Fredrik Bajers Vej 7K", 9220, "Aalborg Ø", 851, 854200, "Statslig administrativ enhed", 3700,
     None),
    (33157274, "NATURSTYRELSEN", "Førstballevej 2", 7183, "Randbøl", 630, "021000", "Statslig administrativ enhed", 700, None),
    (26851300, "BAT AGRAR DK ApS", "Vævervej 16", 7490, "Aulum", 657, 462100, "Anpartsselskab", 11, None),
    (29190941, "REGION NORDJYLLAND", "Niels Bohrs Vej 30", 9220, "Aalborg Ø", 851, 841200, REGION, 15000, date(2007, 1, 1)),
    (29189803, "ESBJERG KOMMUNE", "Torvegade 74", 6700, "Esbjerg", 561, 841100, PUBLIC, 8800, date(2007, 1, 1)),
    (26696348, "BORNHOLMS REGIONSKOMMUNE", "Ullasvej 23", 3700, "Rønne", 400, 841100, PUBLIC, 3600, date(2003, 1, 1)),
    (29188955, "LANGELAND KOMMUNE", "Fredensvej 1", 5900, "Rudkøbing", 482, 841100, PUBLIC, 1200, date(2007, 1, 1)),
    (29188947, "NORDFYNS KOMMUNE", "Østergade 23", 5400, "Bogense", 480, 841100, PUBLIC, 2300, date(2007, 1, 1)),
    (29189692, "ASSENS KOMMUNE", "Rådhus Alle 5", 5610, "Assens", 420, 841100, PUBLIC, 3100, date(2007, 1, 1)),
    # Postcodes of large recipients begin with zeros, which a number loses.
    (62786515, "DR", "Emil Holms Kanal 20", 999, "København C", 101, 602000, "Særlig offentlig virksomhed", 2500, None),
    (61126228, "DANSKE BANK A/S", "Girostrøget 1", 800, "Høje Taastrup", 169, 641900, AS, 9000, None),
    # An industry of forestry, 021000, as a number.
    (27623549, "HEDEDANMARK A/S", "Klostermarken 12", 8800, "Viborg", 791, 24000, AS, 600, None),
]


def right(cvr):
    digits = [int(c) for c in str(cvr) if c.isdigit()]
    return len(digits) == 8 and sum(d * w for d, w in zip(digits, (2, 7, 6, 5, 4, 3, 2, 1))) % 11 == 0


def main():
    book = Workbook()
    book.properties.created = book.properties.modified = datetime(2026, 11, 2, 8, 0)
    sheet = book.active
    sheet.title = "Virksomheder"
    sheet.append(HEAD)
    for cvr, unit, name, unit_name, street, post, city, municipality, industry, form, staff, posts, start, end, north, east in ROWS:
        sheet.append([cvr, unit, name, unit_name, street, post, city, municipality, industry, form, "Nej", staff, posts,
                      OCTOBER if staff is not None else None, start, end, north, east])
    for cvr, name, street, post, city, municipality, industry, form, staff, start in COMPANIES:
        sheet.append([cvr, None, name, None, street, post, city, municipality, industry, form, "Nej", staff, None, OCTOBER, start])
    numbers = [row[0] for row in ROWS + COMPANIES]
    assert all(map(right, numbers)), [cvr for cvr in numbers if not right(cvr)]
    # As people do: a sum below the list.
    sheet.append([None, None, "I alt", *[None] * 8, sum(row[10] or 0 for row in ROWS) + sum(row[8] for row in COMPANIES)])
    for row in sheet.iter_rows(min_row=2):
        row[13].number_format = "mm-yyyy"
        for cell in row[14:16]:
            cell.number_format = "dd-mm-yyyy"
    sheet.freeze_panes = "A2"
    book.save(Path(__file__).parent.parent / "data/companies/virksomheder.xlsx")


if __name__ == "__main__":
    main()
