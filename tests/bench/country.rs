//! A made-up country of companies and their workplaces, for benchmarks and for trying an import: spread as the Danish register
//! spreads them (most companies have one workplace and nobody employed, a few have hundreds of workplaces), and the same each
//! time. `cargo run --release --example country -- 300000 > country.csv` writes it as people send such lists.
//!
//! Nobody real is in it: its CVR numbers fit their check digit but begin with 0, its P-numbers begin with 9; neither is given out.

use chrono::{Days, NaiveDate};
use rettematch::domain::values::{
    geo::{Point, degrees},
    register::Municipality,
};
use std::io::{self, Write};

pub const HEADER: &str = "CVR-nr;P-nummer;Virksomhedsnavn;Produktionsenhed;Adresse;Postnr;By;Kommunekode;Branchekode;\
    Virksomhedsform;Reklamebeskyttet;Antal ansatte;Årsværk;Måned;Startdato;Ophørsdato;Breddegrad;Længdegrad";

/// The month of the figures on staff.
pub fn month() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 2, 1).unwrap()
}

/// One workplace, with its company.
#[derive(Clone)]
pub struct Unit {
    pub cvr: String,
    pub company: String,
    pub form: &'static str,
    pub protected: bool,
    pub p_number: String,
    pub name: String,
    pub address: String,
    pub postcode: String,
    pub city: &'static str,
    pub municipality: &'static str,
    pub industry: &'static str,
    /// From so many to so many; the register often does not say it of a workplace.
    pub staff: Option<(i32, i32)>,
    pub started: NaiveDate,
    pub closed: Option<NaiveDate>,
    pub point: Option<Point>,
}

/// So many workplaces, company by company. A smaller country is the beginning of a larger one.
pub fn country(workplaces: usize) -> impl Iterator<Item = Unit> {
    let mut serials = (100_000u32..1_000_000).filter_map(cvr);
    let companies = (0u64..).map(move |number| company(number, serials.next().expect("CVR numbers for a country")));
    companies.flatten().take(workplaces).enumerate().map(|(index, mut unit)| {
        unit.p_number = format!("9{index:09}");
        unit
    })
}

/// Every industry that it has (DB07).
pub fn industries() -> impl Iterator<Item = &'static str> {
    TRADES.iter().map(|trade| trade.code)
}

pub fn write_csv(workplaces: usize, to: &mut impl Write) -> io::Result<()> {
    writeln!(to, "{HEADER}")?;
    country(workplaces).try_for_each(|unit| writeln!(to, "{}", unit.line()))
}

impl Unit {
    fn line(&self) -> String {
        let staff = match self.staff {
            Some((low, high)) if low == high => low.to_string(),
            Some((low, high)) => format!("{low}-{high}"),
            None => String::new(),
        };
        let full_time = self.full_time().map(|hundredths| format!("{},{:02}", hundredths / 100, hundredths % 100));
        let month = full_time.as_ref().map(|_| month().format("%m-%Y").to_string());
        let day = |day: NaiveDate| day.format("%d-%m-%Y").to_string();
        let place = |millionths: i32| format!("{:.6}", degrees(millionths)).replace('.', ",");
        [
            self.cvr.clone(),
            self.p_number.clone(),
            self.company.clone(),
            self.name.clone(),
            self.address.clone(),
            self.postcode.clone(),
            self.city.to_owned(),
            self.municipality.to_owned(),
            self.industry.to_owned(),
            self.form.to_owned(),
            if self.protected { "Ja" } else { "Nej" }.to_owned(),
            staff,
            full_time.unwrap_or_default(),
            month.unwrap_or_default(),
            day(self.started),
            self.closed.map(day).unwrap_or_default(),
            self.point.map(|point| place(point.latitude)).unwrap_or_default(),
            self.point.map(|point| place(point.longitude)).unwrap_or_default(),
        ]
        .join(";")
    }

    /// Full-time posts in hundredths, where the staff is known as a figure: people in part-time work are some of them.
    pub fn full_time(&self) -> Option<i64> {
        self.staff.filter(|(low, high)| low == high && *low > 0).map(|(staff, _)| i64::from(staff) * 85)
    }
}

fn company(number: u64, cvr: String) -> Vec<Unit> {
    let mut dice = Dice::of(number);
    let trade = dice.weighted(TRADES, |trade| trade.share);
    let home = dice.weighted(TOWNS, |town| town.people);
    // 93 of a hundred have one workplace; the others a long tail of them.
    let count = if dice.jitter(0.93) { 1 } else { (2.0 * dice.tail(1.5)).min(400.0) as usize };
    let surname = dice.one(SURNAMES);
    let word = dice.one(trade.words);
    let name = match dice.below(4) {
        0 => format!("{} {word}", home.city),
        1 => format!("{surname}s {word}"),
        2 => format!("{} {surname} {word}", dice.one(FIRST_NAMES)),
        _ => format!("{surname} & {} {word}", dice.one(SURNAMES)),
    };
    let (form, ending) = match dice.below(10) {
        _ if count > 20 => ("Aktieselskab", " A/S"),
        0..4 => ("Enkeltmandsvirksomhed", ""),
        4..8 => ("Anpartsselskab", " ApS"),
        8 => ("Aktieselskab", " A/S"),
        _ => ("Interessentskab", " I/S"),
    };
    let (company, protected) = (format!("{name}{ending}"), dice.jitter(0.25));
    let started = month() - Days::new(dice.below(12_000) as u64);
    let closed = dice.jitter(0.04).then(|| month() - Days::new(dice.below(700) as u64));
    let unit = |nth: usize| {
        let town = if nth == 0 || dice.jitter(0.3) { home } else { dice.weighted(TOWNS, |town| town.people) };
        // The larger a company, the larger its workplaces. One in two has nobody employed.
        let staff = (dice.normal() * 1.4 + trade.size + if count > 1 { 1.2 } else { 0.0 }).exp().min(9_000.0) as i32;
        let ended = closed.or_else(|| dice.jitter(0.03).then(|| month() - Days::new(dice.below(700) as u64)));
        Unit {
            cvr: cvr.clone(),
            company: company.clone(),
            form,
            protected,
            p_number: String::new(),
            name: if nth == 0 { company.clone() } else { format!("{name}, {} {nth}", town.city) },
            address: format!("{}{} {}", dice.one(STREETS), dice.one(STREET_ENDINGS), 1 + dice.below(180)),
            postcode: format!("{:04}", town.postcode),
            city: town.city,
            municipality: town.code,
            industry: trade.code,
            staff: said(staff, &mut dice),
            started,
            closed: ended.map(|day| day.max(started)),
            point: town.scattered(&mut dice),
        }
    };
    (0..count).map(unit).collect()
}

/// Staff as a register says it: in four of ten not at all, else a figure, or one of its intervals.
fn said(staff: i32, dice: &mut Dice) -> Option<(i32, i32)> {
    const INTERVALS: &[(i32, i32)] = &[(0, 0), (1, 1), (2, 4), (5, 9), (10, 19), (20, 49), (50, 99), (100, 199), (200, 499)];
    match dice.below(10) {
        0..4 => None,
        4..8 => Some((staff, staff)),
        _ => INTERVALS.iter().copied().find(|(_, high)| staff <= *high).or(Some((500, 999))),
    }
}

/// The CVR number that begins with 0 and these six digits, where it has a check digit.
fn cvr(serial: u32) -> Option<String> {
    let text = format!("0{serial:06}");
    let sum: u32 = text.bytes().zip([2, 7, 6, 5, 4, 3, 2]).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let check = (11 - sum % 11) % 11;
    (check < 10).then(|| format!("{text}{check}"))
}

struct Town {
    code: &'static str,
    /// Hundreds of inhabitants of the municipality.
    people: u32,
    postcode: u32,
    city: &'static str,
}

impl Town {
    /// Somewhere about the middle of the municipality: within a few kilometres of the capital's, within twenty on the land.
    fn scattered(&self, dice: &mut Dice) -> Option<Point> {
        let middle = Municipality::parse(self.code)?.centre()?;
        let km = match self.code.parse().unwrap_or(0) {
            ..190 => 2.0,
            190..300 => 4.0,
            _ => 7.0,
        };
        let mut off = |per_km: f64| (dice.normal() * km * per_km) as i32;
        Some(Point { latitude: middle.latitude + off(8_993.0), longitude: middle.longitude + off(16_000.0) })
    }
}

struct Trade {
    /// DB07.
    code: &'static str,
    /// Of a thousand companies or so.
    share: u32,
    /// Logarithm of the usual number of people.
    size: f64,
    words: &'static [&'static str],
}

/// SplitMix64: small, and the same on every machine.
pub struct Dice(u64);

impl Dice {
    pub fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0xA076_1D64_78BD_642F) ^ 0xE703_7ED1_A0B4_28DB)
    }
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
    /// From 0 to 1, without either.
    fn part(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }
    pub fn below(&mut self, many: usize) -> usize {
        (self.part() * many as f64) as usize
    }
    pub fn jitter(&mut self, share: f64) -> bool {
        self.part() < share
    }
    fn normal(&mut self) -> f64 {
        (-2.0 * self.part().ln()).sqrt() * (std::f64::consts::TAU * self.part()).cos()
    }
    /// Pareto's long tail, from 1.
    fn tail(&mut self, steepness: f64) -> f64 {
        self.part().powf(-1.0 / steepness)
    }
    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
    fn weighted<T>(&mut self, of: &'static [T], weight: impl Fn(&T) -> u32) -> &'static T {
        let mut left = self.below(of.iter().map(|one| weight(one) as usize).sum());
        let chosen = of.iter().find(|one| {
            let weight = weight(one) as usize;
            let here = left < weight;
            left = left.saturating_sub(weight);
            here
        });
        chosen.unwrap_or(&of[0])
    }
}

const FIRST_NAMES: &[&str] = &[
    "Anne", "Bent", "Birgit", "Carsten", "Ditte", "Erik", "Fatma", "Gitte", "Hans", "Ida", "Jens", "Karen", "Lars", "Mette",
    "Niels", "Omar", "Peter", "Rikke", "Søren", "Tove", "Ulla", "Viggo", "Yrsa", "Åse",
];
const SURNAMES: &[&str] = &[
    "Andersen",
    "Bach",
    "Bertelsen",
    "Brandt",
    "Christensen",
    "Dahl",
    "Eriksen",
    "Frandsen",
    "Friis",
    "Hansen",
    "Holm",
    "Iversen",
    "Jensen",
    "Juhl",
    "Kjær",
    "Kristensen",
    "Larsen",
    "Lund",
    "Madsen",
    "Mikkelsen",
    "Møller",
    "Nielsen",
    "Nygaard",
    "Olsen",
    "Pedersen",
    "Poulsen",
    "Rasmussen",
    "Schmidt",
    "Skov",
    "Sørensen",
    "Thomsen",
    "Toft",
    "Vestergaard",
    "Winther",
    "Østergaard",
    "Aagaard",
];
const STREETS: &[&str] = &[
    "Birke", "Bøge", "Dal", "Eng", "Fabriks", "Fjord", "Havne", "Høj", "Industri", "Jernbane", "Kirke", "Kloster", "Lærke",
    "Mølle", "Mark", "Nørre", "Park", "Sand", "Skole", "Skov", "Stations", "Strand", "Sønder", "Torve", "Vester", "Ø",
];
const STREET_ENDINGS: &[&str] = &["gade", "vej", "vej", "vej", "allé", "stræde", "vænget", "parken"];

macro_rules! trades {
    ($($code:literal $share:literal $size:literal $($word:literal),+;)+) => {
        const TRADES: &[Trade] = &[$(Trade { code: $code, share: $share, size: $size, words: &[$($word),+] }),+];
    };
}
trades! {
    "011100" 60 -1.0 "Planteavl", "Landbrug", "Markbrug";
    "014100" 20 0.3 "Mælkeproduktion", "Kvægbrug";
    "101300" 3 2.5 "Slagteri", "Kødvarer";
    "107120" 8 1.6 "Bageri", "Brød & Kager";
    "251100" 8 1.8 "Stålkonstruktion", "Smedje";
    "256200" 12 1.6 "Maskinværksted", "Metal";
    "310900" 5 1.2 "Møbler", "Møbelfabrik";
    "381100" 4 1.9 "Affald", "Genbrug";
    "412000" 25 0.8 "Byg", "Entreprise";
    "432100" 25 1.2 "El", "El-installation";
    "432200" 22 1.2 "VVS", "Blik & Rør";
    "433200" 45 0.8 "Tømrer", "Tømrer og Snedker", "Byg";
    "433410" 22 0.7 "Maler", "Malerfirma";
    "451120" 12 1.1 "Biler", "Automobiler";
    "452010" 28 0.9 "Auto", "Autoværksted", "Bilservice";
    "469000" 22 1.3 "Engros", "Handel";
    "471110" 15 1.3 "Købmand", "Døgnkiosk", "Minimarked";
    "471120" 20 2.9 "Supermarked", "Dagligvarer", "Fødevarer";
    "472400" 6 1.2 "Brød", "Konditori";
    "475220" 9 2.0 "Byggemarked", "Trælast";
    "477110" 25 1.0 "Tøj", "Mode", "Herretøj";
    "477910" 10 0.2 "Genbrug", "Genbrugsbutik", "Antik";
    "493200" 14 0.2 "Taxi";
    "493110" 3 3.0 "Busser", "Turistfart";
    "494100" 20 1.4 "Transport", "Vognmandsforretning", "Fragt";
    "521000" 5 2.0 "Lager", "Logistik";
    "532000" 6 1.5 "Bud", "Pakker";
    "551010" 7 2.2 "Hotel", "Kro", "Badehotel";
    "561010" 32 1.5 "Restaurant", "Spisehus";
    "561020" 20 1.0 "Pizzeria", "Grill", "Burger";
    "562900" 8 1.7 "Kantine", "Kantinedrift";
    "563000" 14 1.0 "Café", "Værtshus", "Kaffebar";
    "620100" 20 1.0 "Software", "Systemer";
    "620200" 30 0.3 "IT", "Data", "IT-rådgivning";
    "642020" 90 -3.0 "Holding", "Invest";
    "682040" 80 -1.5 "Ejendomme", "Udlejning";
    "683210" 9 1.0 "Administration", "Boligadministration";
    "691000" 9 1.2 "Advokater", "Advokatkontor";
    "692000" 20 0.9 "Revision", "Bogføring", "Regnskab";
    "702200" 55 -0.5 "Rådgivning", "Consult", "Konsulenter";
    "731110" 15 0.4 "Reklame", "Kommunikation";
    "782000" 5 2.5 "Vikar", "Vikarbureau";
    "801000" 4 2.0 "Vagt", "Sikring";
    "812100" 40 1.2 "Rengøring", "Rengøringsservice", "Clean";
    "813000" 18 0.9 "Anlægsgartner", "Have & Anlæg";
    "829200" 3 2.2 "Pakkeri", "Pakning";
    "841100" 8 3.3 "Forvaltning", "Borgerservice";
    "852010" 12 3.6 "Skole", "Friskole";
    "861000" 3 4.5 "Hospital", "Klinik";
    "862100" 14 1.3 "Lægehus", "Læger";
    "862300" 10 1.7 "Tandlæge", "Tandklinik";
    "871010" 9 3.5 "Plejecenter", "Plejehjem";
    "881010" 10 2.9 "Hjemmepleje", "Hjemmehjælp";
    "889110" 12 0.0 "Dagpleje";
    "889130" 16 2.5 "Børnehave", "Børnehus";
    "889140" 8 2.2 "SFO", "Fritidshjem";
    "910110" 3 2.3 "Bibliotek";
    "931100" 8 1.4 "Svømmehal", "Idrætscenter", "Hal";
    "960110" 5 1.6 "Vaskeri", "Renseri";
    "960210" 35 0.2 "Frisør", "Salon", "Hår";
}

macro_rules! towns {
    ($($code:literal $people:literal $postcode:literal $city:literal;)+) => {
        const TOWNS: &[Town] = &[$(Town { code: $code, people: $people, postcode: $postcode, city: $city }),+];
    };
}
towns! {
    "101" 6600 2300 "København S"; "147" 1050 2000 "Frederiksberg"; "151" 520 2750 "Ballerup"; "153" 390 2605 "Brøndby";
    "155" 145 2791 "Dragør"; "157" 750 2900 "Hellerup"; "159" 700 2860 "Søborg"; "161" 240 2600 "Glostrup";
    "163" 300 2730 "Herlev"; "165" 275 2620 "Albertslund"; "167" 535 2650 "Hvidovre"; "169" 580 2630 "Taastrup";
    "173" 590 2800 "Kgs. Lyngby"; "175" 445 2610 "Rødovre"; "183" 240 2635 "Ishøj"; "185" 430 2770 "Kastrup";
    "187" 170 2665 "Vallensbæk Strand"; "190" 420 3500 "Værløse"; "201" 260 3450 "Allerød"; "210" 420 3480 "Fredensborg";
    "217" 640 3000 "Helsingør"; "219" 550 3400 "Hillerød"; "223" 250 2970 "Hørsholm"; "230" 570 2840 "Holte";
    "240" 450 3660 "Stenløse"; "250" 470 3600 "Frederikssund"; "253" 530 2670 "Greve"; "259" 630 4600 "Køge";
    "260" 320 3300 "Frederiksværk"; "265" 920 4000 "Roskilde"; "269" 250 2680 "Solrød Strand"; "270" 420 3230 "Græsted";
    "306" 330 4500 "Nykøbing Sj."; "316" 750 4300 "Holbæk"; "320" 380 4640 "Faxe"; "326" 480 4400 "Kalundborg";
    "329" 360 4100 "Ringsted"; "330" 800 4200 "Slagelse"; "336" 240 4660 "Store Heddinge"; "340" 310 4180 "Sorø";
    "350" 290 4320 "Lejre"; "360" 390 4930 "Maribo"; "370" 850 4700 "Næstved"; "376" 590 4800 "Nykøbing F.";
    "390" 460 4760 "Vordingborg"; "400" 390 3700 "Rønne"; "410" 400 5500 "Middelfart"; "420" 410 5610 "Assens";
    "430" 530 5600 "Faaborg"; "440" 240 5300 "Kerteminde"; "450" 320 5800 "Nyborg"; "461" 2090 5000 "Odense C";
    "479" 600 5700 "Svendborg"; "480" 300 5400 "Bogense"; "482" 120 5900 "Rudkøbing"; "492" 60 5970 "Ærøskøbing";
    "510" 550 6100 "Haderslev"; "530" 270 7190 "Billund"; "540" 740 6400 "Sønderborg"; "550" 360 6270 "Tønder";
    "561" 1160 6700 "Esbjerg"; "563" 35 6720 "Fanø"; "573" 500 6800 "Varde"; "575" 430 6600 "Vejen";
    "580" 590 6200 "Aabenraa"; "607" 530 7000 "Fredericia"; "615" 980 8700 "Horsens"; "621" 960 6000 "Kolding";
    "630" 1230 7100 "Vejle"; "657" 900 7400 "Herning"; "661" 590 7500 "Holstebro"; "665" 190 7620 "Lemvig";
    "671" 210 7600 "Struer"; "706" 450 8410 "Rønde"; "707" 370 8500 "Grenaa"; "710" 500 8450 "Hammel";
    "727" 240 8300 "Odder"; "730" 1000 8900 "Randers C"; "740" 1010 8600 "Silkeborg"; "741" 37 8305 "Samsø";
    "746" 660 8660 "Skanderborg"; "751" 3680 8000 "Aarhus C"; "756" 430 7430 "Ikast"; "760" 560 6950 "Ringkøbing";
    "766" 480 8722 "Hedensted"; "773" 200 7900 "Nykøbing M."; "779" 440 7800 "Skive"; "787" 430 7700 "Thisted";
    "791" 980 8800 "Viborg"; "810" 370 9700 "Brønderslev"; "813" 580 9900 "Frederikshavn"; "820" 360 9600 "Aars";
    "825" 17 9940 "Læsø"; "840" 310 9530 "Støvring"; "846" 410 9500 "Hobro"; "849" 380 9460 "Brovst";
    "851" 2230 9000 "Aalborg"; "860" 630 9800 "Hjørring";
}
