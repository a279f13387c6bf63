//! A company's record in figures (S8): how many of the internships that ended there led to a job there, and how certain that
//! share is. A company is never judged by how many interns it hosts, only by whom it hires.
//!
//! The interval is Wilson's score interval at 95 %: it stays within 0 and 1, and is as wide as can be for a workplace without
//! history. Where few internships have ended, the share is drawn towards that of the trade, which is drawn towards that of the
//! municipality, which is drawn towards a figure of the rulebook, each time as if `record_prior_internships` more had ended with
//! that share. A reader can check every step by hand: `(hired + prior × share) / (ended + prior)`.

use crate::domain::rules::rulebook::Figures;
use std::collections::BTreeMap;

/// How sure the interval is, in percent.
pub const LEVEL_PERCENT: u8 = 95;
/// The standard normal quantile of that level, both tails counted.
const Z: f64 = 1.959_963_984_540_054;

/// Internships that ended, and of those how many led to a hire at the same workplace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub ended: i64,
    pub hired: i64,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.ended += other.ended;
        self.hired += other.hired;
    }
}

impl std::iter::Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        let mut sum = Self::default();
        tallies.for_each(|tally| sum += tally);
        sum
    }
}

/// The share of a trade, with what it was drawn towards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TradeShare {
    /// What ended in the trade, and how; nothing where the trade is not known.
    pub of_trade: Tally,
    /// The same of all trades in the municipality.
    pub of_all: Tally,
    /// The share of all, drawn towards the rulebook's figure.
    pub all: f64,
    /// The share of the trade, drawn towards that of all.
    pub share: f64,
}

fn number(count: i64) -> f64 {
    i32::try_from(count).map_or(f64::from(i32::MAX), f64::from)
}

/// The plain share; none if nothing has ended.
pub fn share(tally: Tally) -> Option<f64> {
    (tally.ended > 0).then(|| number(tally.hired) / number(tally.ended))
}

/// Wilson's score interval of the share hired.
pub fn interval(tally: Tally) -> (f64, f64) {
    let Some(share) = share(tally) else { return (0.0, 1.0) };
    let ended = number(tally.ended);
    let centre = (share + Z * Z / (2.0 * ended)) / (1.0 + Z * Z / ended);
    let half = Z / (1.0 + Z * Z / ended) * (share * (1.0 - share) / ended + Z * Z / (4.0 * ended * ended)).sqrt();
    ((centre - half).max(0.0), (centre + half).min(1.0))
}

/// The share hired, drawn towards another share if few have ended: as if a fixed number more had ended with that share.
pub fn shrunk(tally: Tally, towards: f64, figures: &Figures) -> f64 {
    let prior = number(figures.record_prior_internships.max(1));
    (number(tally.hired) + prior * towards) / (number(tally.ended) + prior)
}

/// The share of a trade, from the tallies of all trades.
pub fn trade_share(trades: &BTreeMap<String, Tally>, trade: Option<&str>, figures: &Figures) -> TradeShare {
    let of_all: Tally = trades.values().copied().sum();
    let of_trade = trade.and_then(|trade| trades.get(trade)).copied().unwrap_or_default();
    let all = shrunk(of_all, number(figures.record_prior_share_percent) / 100.0, figures);
    TradeShare { of_trade, of_all, all, share: shrunk(of_trade, all, figures) }
}

#[cfg(test)]
mod tests {
    use super::*;

    use proptest::prelude::*;

    fn figures() -> Figures {
        crate::domain::testing::book().on("2026-01-01".parse().unwrap()).clone()
    }

    fn tally(hired: i64, ended: i64) -> Tally {
        Tally { ended, hired }
    }

    #[test]
    fn the_interval_is_wilsons() {
        for (hired, ended, low, high) in [
            (0, 0, 0.0, 1.0),
            (0, 1, 0.0, 0.7935),
            (1, 1, 0.2065, 1.0),
            (0, 10, 0.0, 0.2775),
            (1, 10, 0.0179, 0.4042),
            (5, 10, 0.2366, 0.7634),
            (20, 100, 0.1334, 0.2888),
        ] {
            let (from, to) = interval(tally(hired, ended));
            assert!((from - low).abs() < 5e-5 && (to - high).abs() < 5e-5, "{hired} of {ended}: {from} {to}");
        }
    }

    #[test]
    fn few_are_drawn_towards_the_trade_and_many_stand_for_themselves() {
        let figures = figures();
        let prior = number(figures.record_prior_internships);
        assert!((shrunk(tally(0, 0), 0.3, &figures) - 0.3).abs() < 1e-9, "nothing known: the trade's share");
        assert!((shrunk(tally(1, 1), 0.3, &figures) - (1.0 + prior * 0.3) / (1.0 + prior)).abs() < 1e-9);
        assert!((shrunk(tally(600, 1000), 0.1, &figures) - 0.6).abs() < 0.01);
        // One hire of one says less than nine of ten.
        assert!(shrunk(tally(1, 1), 0.2, &figures) < shrunk(tally(9, 10), 0.2, &figures));
    }

    #[test]
    fn a_trade_without_history_stands_as_all_and_without_any_the_rulebook_speaks() {
        let figures = figures();
        let own = number(figures.record_prior_share_percent) / 100.0;
        let nothing = trade_share(&BTreeMap::new(), Some("47"), &figures);
        assert!((nothing.share - own).abs() < 1e-9 && (nothing.all - own).abs() < 1e-9);
        let trades = BTreeMap::from([("47".to_owned(), tally(5, 100)), ("86".to_owned(), tally(60, 100))]);
        let unknown = trade_share(&trades, None, &figures);
        assert!((unknown.share - unknown.all).abs() < 1e-9);
        assert_eq!((unknown.of_trade, unknown.of_all), (tally(0, 0), tally(65, 200)));
        let (shops, care) = (trade_share(&trades, Some("47"), &figures), trade_share(&trades, Some("86"), &figures));
        assert!(shops.share < shops.all && care.all < care.share, "{shops:?} {care:?}");
    }

    proptest! {
        #[test]
        fn one_more_hire_never_lowers_it_and_one_more_ended_without_never_raises_it(
            (ended, hired) in (0i64..500).prop_flat_map(|ended| (Just(ended), 0..=ended)), towards in 0.0f64..=1.0, prior in 1i64..50,
        ) {
            let mut figures = figures();
            figures.record_prior_internships = prior;
            let now = shrunk(tally(hired, ended), towards, &figures);
            prop_assert!((0.0..=1.0).contains(&now));
            prop_assert!(shrunk(tally(hired + 1, ended + 1), towards, &figures) >= now);
            if hired < ended {
                prop_assert!(shrunk(tally(hired + 1, ended), towards, &figures) > now);
            }
            prop_assert!(shrunk(tally(hired, ended + 1), towards, &figures) <= now);
            let (low, high) = interval(tally(hired, ended));
            prop_assert!(0.0 <= low && low <= high && high <= 1.0);
            if let Some(share) = share(tally(hired, ended)) {
                prop_assert!(low <= share + 1e-12 && share - 1e-12 <= high);
            }
        }

        #[test]
        fn a_hire_in_the_trade_never_lowers_its_share(
            counts in proptest::collection::vec((0i64..40, 0i64..40), 1..5), which in any::<prop::sample::Index>(),
        ) {
            let figures = figures();
            let mut trades: BTreeMap<String, Tally> = BTreeMap::new();
            for (number, (hired, others)) in counts.iter().enumerate() {
                trades.insert(number.to_string(), tally(*hired, hired + others));
            }
            let trade = which.index(counts.len()).to_string();
            let before = trade_share(&trades, Some(&trade), &figures);
            *trades.get_mut(&trade).unwrap() += tally(1, 1);
            let hired = trade_share(&trades, Some(&trade), &figures);
            prop_assert!(hired.share >= before.share && hired.all >= before.all);
            *trades.get_mut(&trade).unwrap() += tally(-1, 0);
            prop_assert!(trade_share(&trades, Some(&trade), &figures).share <= before.share + 1e-12);
        }
    }
}
