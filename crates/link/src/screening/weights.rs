//! The weights of the score, read from `codebook/screening/weights.toml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ScreeningError;

const WEIGHTS: &str = include_str!("../../../../codebook/screening/weights.toml");

macro_rules! features {
    ($($(#[$doc:meta])* $name:ident = $word:literal),+ $(,)?) => {
        /// What is counted when two names are compared.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(usize)]
        pub enum Feature { $($(#[$doc])* $name),+ }

        impl Feature {
            /// Every count, in order.
            pub const ALL: &'static [Feature] = &[$(Feature::$name),+];

            /// Its key in `weights.toml`.
            pub fn key(self) -> &'static str {
                match self { $(Feature::$name => $word),+ }
            }
        }

        /// How many counts there are.
        pub const FEATURES: usize = [$($word),+].len();
    };
}

features! {
    /// Edits in matched parts, a whole other letter being 1, times the parts' weights.
    Edits = "edits",
    /// Edits a letter in matched parts, times the parts' weights.
    Ratio = "ratio",
    /// Edits a letter in the worst matched part.
    Worst = "worst",
    /// Mass of the parts that both names have and that differ, at most 2.
    Conflict = "conflict",
    /// The same as a share of the name.
    ConflictShare = "conflict_share",
    /// The same for names that are not persons'.
    OrgConflict = "org_conflict",
    /// How alike the likest parts without partners are.
    Near = "near",
    /// Mass of the parts that only one name has, at most 3.
    Extra = "extra",
    /// The same as a share of the name.
    ExtraShare = "extra_share",
    /// The same for names that are not persons'.
    OrgExtra = "org_extra",
    /// Mass of titles and particles without a partner.
    Small = "small",
    /// How much less than two words match.
    Thin = "thin",
    /// Only one word of a person's name matches, and one of the names has more.
    Lone = "lone",
    /// Edits in matched parts of four letters or less.
    ShortEdits = "short_edits",
    /// Initials that stand for names.
    Initial = "initial",
    /// Acronyms that stand for words.
    Acronym = "acronym",
    /// Nicknames, or names in another language.
    Nickname = "nickname",
    /// Other romanisations by the table.
    Romanisation = "romanisation",
    /// Share of the parts in another order.
    Order = "order",
    /// Numbers that differ (1) or that one name lacks (0.5).
    Number = "number",
    /// Legal forms of different classes.
    LegalForm = "legal_form",
    /// Another character in a script of syllables.
    Syllables = "syllables",
}

/// The weights of a logistic score, in log-odds.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// Log-odds of two names that do not differ at all.
    pub bias: f32,
    /// A weight for each count, in the order of [`Feature::ALL`].
    pub values: [f32; FEATURES],
    /// The score from which on a pair counts as a match where the user says nothing else.
    pub threshold: f32,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WeightsFile {
    threshold: f32,
    bias: f32,
    weights: BTreeMap<String, f32>,
}

impl Weights {
    /// The weights that ship with waybill.
    ///
    /// # Errors
    /// Only where `codebook/screening/weights.toml` was edited into something else.
    pub fn bundled() -> Result<Self, ScreeningError> {
        Self::parse(WEIGHTS)
    }

    /// Reads weights from TOML.
    ///
    /// # Errors
    /// [`ScreeningError::Vocabulary`] where a weight is missing or unknown.
    pub fn parse(text: &str) -> Result<Self, ScreeningError> {
        let fail = |reason: String| ScreeningError::Vocabulary { file: "weights.toml", reason };
        let file: WeightsFile = toml::from_str(text).map_err(|e| fail(e.to_string()))?;
        let mut values = [0.0; FEATURES];
        for feature in Feature::ALL {
            let key = feature.key();
            values[*feature as usize] = *file
                .weights
                .get(key)
                .ok_or_else(|| fail(format!("the weight `{key}` is missing: add it")))?;
        }
        if let Some(unknown) =
            file.weights.keys().find(|k| !Feature::ALL.iter().any(|f| f.key() == k.as_str()))
        {
            return Err(fail(format!("`{unknown}` is not a weight: remove it")));
        }
        Ok(Weights { bias: file.bias, values, threshold: file.threshold })
    }

    /// The log-odds of a match for these counts.
    pub fn log_odds(&self, features: &[f32; FEATURES]) -> f32 {
        self.bias + self.values.iter().zip(features).map(|(w, f)| w * f).sum::<f32>()
    }

    /// The score for these counts, from 0 to 1.
    pub fn score(&self, features: &[f32; FEATURES]) -> f32 {
        sigmoid(self.log_odds(features))
    }

    /// How much higher the score would be if `own` were not among the counts.
    pub fn cost(&self, features: &[f32; FEATURES], own: &[f32; FEATURES]) -> f32 {
        let z = self.log_odds(features);
        let part: f32 = self.values.iter().zip(own).map(|(w, f)| w * f).sum();
        sigmoid(z - part) - sigmoid(z)
    }
}

/// The logistic function.
pub(crate) fn sigmoid(z: f32) -> f32 {
    1.0 / (1.0 + (-z).exp())
}
