//! Why an amount of points cannot be exchanged.

use std::fmt;

use super::Points;
use crate::error::{Error, ErrorKind};
use crate::lang::Lang;

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnfitKind {
    /// Less than is exchanged at once.
    BelowMinimum,
    /// More than is exchanged at once.
    AboveMaximum,
    /// Not a multiple of the unit.
    NotInUnits,
    /// It would come out in a fraction of a mile.
    NotWhole,
    /// More miles than one exchange can have.
    TooManyMiles,
    /// The customer has less.
    NotHeld,
}

/// An amount that cannot be exchanged, and the nearest ones that can.
///
/// ```
/// use netmile::Lang;
/// use netmile::exchange::{ExchangeRate, Points};
/// let unfit = ExchangeRate::new(3, 2)?.convert(Points::new(100)).unwrap_err();
/// assert_eq!(
///     unfit.text(Lang::En),
///     "100 points do not come out in whole miles; 99 or 102 points can be exchanged",
/// );
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// Why.
    pub kind: UnfitKind,
    /// The amount.
    pub points: Points,
    /// The highest amount that can be exchanged, of those that are not higher.
    pub below: Option<Points>,
    /// The lowest amount that can be exchanged, of those that are not lower.
    pub above: Option<Points>,
}

impl Unfit {
    /// A sentence for the customer.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let points = lang.counted(self.points.get(), ["point", "points"], "ポイント");
        let is_one = self.points.get() == 1;
        let are = if is_one { "is" } else { "are" };
        let why = match (self.kind, lang) {
            (UnfitKind::BelowMinimum, Lang::En) => format!("{points} {are} too few"),
            (UnfitKind::BelowMinimum, Lang::Ja) => {
                format!("{points}は最低交換ポイント数に達していません")
            }
            (UnfitKind::AboveMaximum | UnfitKind::TooManyMiles, Lang::En) => {
                format!("{points} {are} too many at once")
            }
            (UnfitKind::AboveMaximum | UnfitKind::TooManyMiles, Lang::Ja) => {
                format!("{points}は一度に交換できる上限を超えています")
            }
            (UnfitKind::NotInUnits, Lang::En) => {
                format!("{points} {are} no multiple of the unit")
            }
            (UnfitKind::NotInUnits, Lang::Ja) => {
                format!("{points}は交換単位の倍数ではありません")
            }
            (UnfitKind::NotWhole, Lang::En) => {
                let come = if is_one {
                    "does not come"
                } else {
                    "do not come"
                };
                format!("{points} {come} out in whole miles")
            }
            (UnfitKind::NotWhole, Lang::Ja) => {
                format!("{points}ではマイルに端数が生じます")
            }
            (UnfitKind::NotHeld, Lang::En) => format!("{points} {are} not there"),
            (UnfitKind::NotHeld, Lang::Ja) => {
                format!("{points}は保有ポイント数を超えています")
            }
        };
        let fits = [self.below, self.above].into_iter().flatten();
        let fits: Vec<String> = fits.map(|points| points.to_string()).collect();
        match (fits.is_empty(), lang) {
            (true, Lang::En) => format!("{why}; no amount can be exchanged"),
            (true, Lang::Ja) => format!("{why}。交換できるポイント数はありません"),
            (false, Lang::En) => {
                let point = if fits == ["1"] { "point" } else { "points" };
                format!("{why}; {} {point} can be exchanged", fits.join(" or "))
            }
            (false, Lang::Ja) => {
                format!("{why}。{} ポイントなら交換できます", fits.join(" または "))
            }
        }
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for Unfit {}

impl From<Unfit> for Error {
    fn from(unfit: Unfit) -> Self {
        Self::field(ErrorKind::InvalidValue, "points", unfit.to_string())
    }
}
