//! How far from home a place may be.

use crate::domain::{
    rules::rulebook::Figures,
    values::localized::{Localized, localized},
};
use serde::Serialize;
use utoipa::ToSchema;

/// How far from home a place may be, and how that was reckoned.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Reach {
    pub farthest_km: f64,
    pub reckoned: Localized,
}

/// A whole number as one with decimals; the rulebook's figures are small.
pub(crate) fn decimal(number: i64) -> f64 {
    i32::try_from(number).map_or(0.0, f64::from)
}

impl Reach {
    /// From the limits agreed with the citizen, the shorter of the two; without any, the rulebook's.
    pub fn of(km: Option<i64>, minutes: Option<i64>, figures: &Figures) -> Self {
        let away = |minutes: i64| {
            (decimal(minutes) - f64::from(figures.match_minutes_before)).max(0.0) / 60.0 * f64::from(figures.match_km_an_hour)
        };
        let by_time = minutes.map(|minutes| (away(minutes), minutes));
        match (km.map(decimal), by_time) {
            (Some(km), None) => Self::agreed(km),
            (Some(km), Some((away, _))) if km <= away => Self::agreed(km),
            (_, Some((farthest_km, minutes))) => Self {
                farthest_km,
                reckoned: localized(
                    format!(
                        "Aftalt med borgeren: højst {minutes} minutter hver vej. Regnet som {} minutter til at komme af sted og {} km i timen i luftlinje.",
                        figures.match_minutes_before, figures.match_km_an_hour
                    ),
                    format!(
                        "Agreed with the citizen: at most {minutes} minutes each way. Reckoned as {} minutes to get going and {} km an hour as the crow flies.",
                        figures.match_minutes_before, figures.match_km_an_hour
                    ),
                ),
            },
            (None, None) => Self {
                farthest_km: f64::from(figures.match_farthest_km),
                reckoned: localized(
                    format!("Ingen grænse er aftalt med borgeren: {} km, som regelbogen siger.", figures.match_farthest_km),
                    format!("No limit is agreed with the citizen: {} km, as the rulebook says.", figures.match_farthest_km),
                ),
            },
        }
    }

    fn agreed(km: f64) -> Self {
        let reckoned = localized(
            format!("Aftalt med borgeren: højst {km} km i luftlinje."),
            format!("Agreed with the citizen: at most {km} km as the crow flies."),
        );
        Self { farthest_km: km, reckoned }
    }
}
