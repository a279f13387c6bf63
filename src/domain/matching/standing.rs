//! What bounds the rank of a workplace before more of it is read.

/// How near a job is (S2), nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Prospect {
    /// Recorded with the company's own words, and not withdrawn.
    Recorded,
    /// The company foresees a vacancy.
    Foreseen,
    NotAsked,
    /// It foresees none.
    None,
}

impl Prospect {
    /// All, each at the place of its code.
    pub const ALL: [Self; 4] = [Self::None, Self::NotAsked, Self::Foreseen, Self::Recorded];

    /// From whether one is recorded, and whether the company has said that it foresees a vacancy.
    pub fn of(recorded: bool, foresees_vacancy: Option<bool>) -> Self {
        match (recorded, foresees_vacancy) {
            (true, _) => Self::Recorded,
            (_, Some(true)) => Self::Foreseen,
            (_, None) => Self::NotAsked,
            (_, Some(false)) => Self::None,
        }
    }
}

/// What stands of a workplace, so that a first look can bound its rank: kept with it and with its openings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub prospect: Prospect,
    /// Whether somebody has been an intern there.
    pub tried: bool,
}

impl Standing {
    /// The facts of a workplace that nobody here has worked with.
    pub fn of_nobody() -> Self {
        Self { prospect: Prospect::NotAsked, tried: false }
    }

    pub fn all() -> impl Iterator<Item = Self> {
        [false, true].into_iter().flat_map(|tried| Prospect::ALL.map(|prospect| Self { prospect, tried }))
    }

    /// One that is kept.
    pub fn parse(code: i32) -> Option<Self> {
        Self::all().find(|standing| standing.code() == code)
    }

    /// As it is kept.
    pub fn code(self) -> i32 {
        let prospect = match self.prospect {
            Prospect::None => 0,
            Prospect::NotAsked => 1,
            Prospect::Foreseen => 2,
            Prospect::Recorded => 3,
        };
        if self.tried { prospect + 4 } else { prospect }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_standing_has_a_code_of_its_own() {
        assert_eq!(Standing::all().map(Standing::code).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5, 6, 7]);
        assert!(Standing::all().all(|standing| Standing::parse(standing.code()) == Some(standing)));
    }
}
