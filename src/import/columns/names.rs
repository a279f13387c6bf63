//! The names of each column.

use crate::domain::import::Column;

/// The names of each column, as they are compared. The first is what a person would write.
pub const NAMES: &[(Column, &[&str])] = &[
    (
        Column::Cvr,
        &["CVR-nummer", "CVR", "CVR nr", "CVR no", "CVR number", "Virksomhed CVR", "Virksomhedens CVR-nummer", "VAT number"],
    ),
    (
        Column::CompanyName,
        &[
            "Virksomhedsnavn",
            "Virksomhed",
            "Virksomhedens navn",
            "Firmanavn",
            "Firma",
            "Company name",
            "Company",
            "Juridisk navn",
        ],
    ),
    (Column::Form, &["Virksomhedsform", "Selskabsform", "Virksomhedsformtekst", "Company form", "Form"]),
    (Column::CompanyIndustry, &["Virksomhedens branche", "Virksomhedens branchekode", "Virksomhedsbranche", "Company industry"]),
    (
        Column::AdvertisingProtected,
        &["Reklamebeskyttet", "Reklamebeskyttelse", "Reklame beskyttet", "Advertising protected", "Advertising protection"],
    ),
    (
        Column::CompanyClosed,
        &["Virksomheden ophørt", "Virksomhedens ophørsdato", "Virksomhed ophørsdato", "Company closed on", "Company closed"],
    ),
    (
        Column::PNumber,
        &[
            "P-nummer",
            "P-nr",
            "P nr",
            "Pnummer",
            "P-enhed",
            "P-enhedsnummer",
            "Produktionsenhedsnummer",
            "Produktionsenhedens nummer",
            "P-number",
            "Production unit number",
        ],
    ),
    (
        Column::WorkplaceName,
        &[
            "Arbejdsplads",
            "Arbejdspladsnavn",
            "Arbejdspladsens navn",
            "Produktionsenhed",
            "Produktionsenhedsnavn",
            "Produktionsenhedens navn",
            "P-enhedsnavn",
            "P-navn",
            "Afdeling",
            "Filial",
            "Workplace",
            "Workplace name",
        ],
    ),
    (
        Column::Industry,
        &[
            "Branchekode",
            "Branche",
            "Hovedbranche",
            "Hovedbranchekode",
            "Branche kode",
            "Branchenummer",
            "Industry",
            "Industry code",
            "DB07",
            "DB07-kode",
            "DB25",
            "DB25-kode",
        ],
    ),
    (Column::Scheme, &["Branchenomenklatur", "Nomenklatur", "Branchestandard", "Industry scheme", "Industry classification"]),
    (
        Column::Address,
        &[
            "Adresse",
            "Beliggenhedsadresse",
            "Gadenavn",
            "Vej",
            "Vejnavn",
            "Gade",
            "Vej og nr",
            "Address",
            "Street",
            "Adresselinje 1",
            "Adresselinje",
        ],
    ),
    (Column::HouseNumber, &["Husnummer", "Husnr", "Hus nr", "House number", "Husnummer fra"]),
    (Column::Postcode, &["Postnummer", "Postnr", "Post nr", "Postnr og by", "Postcode", "Postal code", "Zip", "Zip code"]),
    (Column::City, &["By", "Bynavn", "Postdistrikt", "Postby", "City", "Town"]),
    (
        Column::Municipality,
        &[
            "Kommune",
            "Kommunekode",
            "Kommunenr",
            "Kommunenummer",
            "Kommunenavn",
            "Beliggenhedskommune",
            "Municipality",
            "Municipality code",
        ],
    ),
    (Column::Latitude, &["Breddegrad", "Latitude", "Lat", "WGS84 bredde", "Bredde", "WGS84 lat", "Koordinat N"]),
    (Column::Longitude, &["Længdegrad", "Longitude", "Lon", "Lng", "Long", "WGS84 længde", "Længde", "WGS84 lon", "Koordinat Ø"]),
    (
        Column::Staff,
        &[
            "Antal ansatte",
            "Ansatte",
            "Antal medarbejdere",
            "Medarbejdere",
            "Ansatte interval",
            "Antal ansatte interval",
            "Interval ansatte",
            "Employees",
            "Number of employees",
            "Staff",
            "Intervalkode antal ansatte",
        ],
    ),
    (
        Column::FullTime,
        &["Årsværk", "Antal årsværk", "Fuldtidsstillinger", "Fuldtidsansatte", "Full-time", "Full-time posts", "FTE"],
    ),
    (Column::Month, &["Måned", "Periode", "Opgjort måned", "Month", "Årsværk måned"]),
    (
        Column::Started,
        &["Startdato", "Stiftelsesdato", "Start", "Oprettet", "Livsforløb start", "Started", "Started on", "Start date"],
    ),
    (
        Column::Closed,
        &[
            "Ophørsdato",
            "Ophørt",
            "Slutdato",
            "Lukket",
            "Lukkedato",
            "Livsforløb slut",
            "Closed",
            "Closed on",
            "End date",
            "Ophør",
        ],
    ),
];

/// Names that mean the workplace's name beside a company's, otherwise the company's.
pub(super) const EITHER_NAME: &[&str] = &["Navn", "Name"];

/// Columns added to a file of rejected rows; they are ignored when that file is imported.
pub const ADDED: [&str; 3] = ["linje", "kolonne", "fejl"];

/// A name as it is compared.
pub fn folded(name: &str) -> String {
    let mut out = String::new();
    for c in name.to_lowercase().chars() {
        match c {
            'æ' => out.push_str("ae"),
            'ø' => out.push_str("oe"),
            'å' => out.push_str("aa"),
            _ if c.is_alphanumeric() => out.push(c),
            _ => {}
        }
    }
    out
}
