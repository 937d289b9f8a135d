//! How distance lessens the use of a place. This module does no I/O.

use std::fmt;
use std::str::FromStr;

use crate::gaps::GapOptionError;

/// The weights of Luo and Qi (2009) for the thirds of the reach.
const THIRDS: [f64; 3] = [1.0, 0.68, 0.22];

/// A weight by distance; beyond the reach it is 0.
#[derive(Debug, Clone, PartialEq)]
pub enum DistanceDecay {
    /// 1 everywhere: the plain two-step floating catchment area.
    None,
    /// Weights up to thirds of the reach.
    Thirds,
    /// Weights up to distances in metres, ascending, edges included.
    Steps(Vec<(f64, f64)>),
    /// exp(−d² ÷ 2σ²), neither shifted nor normalised; σ in metres, half the reach where `None`.
    Gaussian(Option<f64>),
}

impl DistanceDecay {
    /// The weight at `metres`.
    pub fn weight(&self, metres: f64, reach_m: f64) -> f64 {
        if metres > reach_m {
            return 0.0;
        }
        match self {
            Self::None => 1.0,
            Self::Thirds => {
                let third = [1.0, 2.0].iter().take_while(|part| metres > reach_m * **part / 3.0).count();
                THIRDS[third]
            }
            Self::Steps(steps) => steps.iter().find(|(until, _)| metres <= *until).map_or(0.0, |(_, weight)| *weight),
            Self::Gaussian(sigma) => {
                let sigma = sigma.unwrap_or(reach_m / 2.0);
                (-metres * metres / (2.0 * sigma * sigma)).exp()
            }
        }
    }

    /// Refuses steps that do not ascend and numbers that mean nothing.
    pub(super) fn check(&self) -> Result<(), GapOptionError> {
        let is_good = match self {
            Self::None | Self::Thirds | Self::Gaussian(None) => true,
            Self::Gaussian(Some(sigma)) => sigma.is_finite() && *sigma > 0.0,
            Self::Steps(steps) => {
                let good = |(until, weight): &(f64, f64)| {
                    until.is_finite() && *until >= 0.0 && weight.is_finite() && *weight >= 0.0
                };
                !steps.is_empty() && steps.iter().all(good) && steps.windows(2).all(|pair| pair[0].0 < pair[1].0)
            }
        };
        let expected = "none, step, step:METRES=WEIGHT,… with ascending metres, gaussian or gaussian:SIGMA";
        is_good.then_some(()).ok_or_else(|| GapOptionError::BadNumber {
            option: "--decay",
            value: self.to_string(),
            expected,
        })
    }
}

impl Default for DistanceDecay {
    fn default() -> Self {
        Self::Gaussian(None)
    }
}

/// The text is no decay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("none, step, step:METRES=WEIGHT,… , gaussian or gaussian:SIGMA")]
pub struct UnknownDecay;

impl FromStr for DistanceDecay {
    type Err = UnknownDecay;

    fn from_str(text: &str) -> Result<Self, UnknownDecay> {
        let number = |text: &str| text.parse::<f64>().map_err(|_| UnknownDecay);
        let decay = match text.split_once(':') {
            None => match text {
                "none" => Self::None,
                "step" => Self::Thirds,
                "gaussian" => Self::Gaussian(None),
                _ => return Err(UnknownDecay),
            },
            Some(("gaussian", sigma)) => Self::Gaussian(Some(number(sigma)?)),
            Some(("step", steps)) => {
                let step = |step: &str| {
                    let (until, weight) = step.split_once('=').ok_or(UnknownDecay)?;
                    Ok((number(until)?, number(weight)?))
                };
                Self::Steps(steps.split(',').map(step).collect::<Result<_, _>>()?)
            }
            Some(_) => return Err(UnknownDecay),
        };
        decay.check().map_err(|_| UnknownDecay)?;
        Ok(decay)
    }
}

impl fmt::Display for DistanceDecay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => write!(f, "none"),
            Self::Thirds => write!(f, "step"),
            Self::Gaussian(None) => write!(f, "gaussian"),
            Self::Gaussian(Some(sigma)) => write!(f, "gaussian:{sigma}"),
            Self::Steps(steps) => {
                let steps: Vec<String> = steps.iter().map(|(until, weight)| format!("{until}={weight}")).collect();
                write!(f, "step:{}", steps.join(","))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_those_of_the_definition_with_their_edges() {
        let weight = |decay: &str, metres: f64| decay.parse::<DistanceDecay>().unwrap().weight(metres, 3000.0);
        for (decay, metres, expected) in [
            ("none", 3000.0, 1.0),
            ("none", 3000.1, 0.0),
            ("step", 1000.0, 1.0),
            ("step", 1000.1, 0.68),
            ("step", 2000.0, 0.68),
            ("step", 3000.0, 0.22),
            ("step:500=1,1000=0.5", 500.0, 1.0),
            ("step:500=1,1000=0.5", 1000.0, 0.5),
            ("step:500=1,1000=0.5", 1000.1, 0.0),
            ("step:500=1,9000=0.5", 3000.1, 0.0),
            ("gaussian", 0.0, 1.0),
            ("gaussian", 1500.0, (-0.5_f64).exp()),
            ("gaussian:1000", 1000.0, (-0.5_f64).exp()),
            ("gaussian", 3000.1, 0.0),
        ] {
            assert!((weight(decay, metres) - expected).abs() < 1e-15, "{decay} {metres}");
        }
    }

    #[test]
    fn a_decay_that_means_nothing_is_refused_and_others_are_written_as_they_were_read() {
        for text in
            ["", "linear", "step:", "step:1000", "step:2000=1,1000=0.5", "step:500=-1", "gaussian:0", "gaussian:x"]
        {
            assert!(text.parse::<DistanceDecay>().is_err(), "{text}");
        }
        for text in ["none", "step", "step:1100=1,2100=0.5", "gaussian", "gaussian:750"] {
            assert_eq!(text.parse::<DistanceDecay>().unwrap().to_string(), text);
        }
    }
}
