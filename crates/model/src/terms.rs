//! The closed vocabularies of the codebook: kinds, stages, actions, factuality, categories.

use serde::{Deserialize, Serialize};

/// A word that is not in one of the codebook's closed vocabularies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownTerm {
    /// Which vocabulary was asked, such as `stage`.
    pub vocabulary: &'static str,
    /// The word that was not found.
    pub word: String,
    /// The words that it could have been, in the codebook's order.
    pub known: Vec<&'static str>,
}

impl std::fmt::Display for UnknownTerm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}` is not a {}: use one of {}", self.word, self.vocabulary, self.known.join(", "))
    }
}

impl std::error::Error for UnknownTerm {}

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident, $label:literal { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every value, in the codebook's order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word that stands for this value in JSON, on the command line and in the codebook.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownTerm;

            fn from_str(word: &str) -> Result<Self, UnknownTerm> {
                Self::ALL.iter().copied().find(|v| v.as_str() == word).ok_or_else(|| UnknownTerm {
                    vocabulary: $label,
                    word: word.to_owned(),
                    known: Self::ALL.iter().map(|v| v.as_str()).collect(),
                })
            }
        }
    };
}

vocabulary! {
    /// What a claim's proposition is about.
    Kind, "kind" {
        /// Goods, training or assistance move, or are meant to move, from a supplier to a recipient.
        Transfer = "transfer",
        /// An authority sanctions, embargoes, designates, controls exports to, or lifts that from, a target.
        Measure = "measure",
        /// Something breaks, or would break, a sanction, embargo, treaty, resolution or export law.
        Violation = "violation",
        /// Parties meet, visit, call or negotiate about military supply or cooperation.
        Contact = "contact",
        /// An actor is short of, or has run down, military goods.
        Shortage = "shortage",
    }
}

vocabulary! {
    /// The furthest point that a claim says a transfer has reached.
    Stage, "stage" {
        /// Asks for, seeks, wants or plans to buy.
        Sought = "sought",
        /// Offers, is willing, prepares or plans to supply.
        Offered = "offered",
        /// Is negotiating, in talks, nearing a deal.
        Negotiated = "negotiated",
        /// Signs, orders, contracts, is buying, a deal to buy.
        Agreed = "agreed",
        /// A state approves a sale, grants a licence, pledges or announces a package.
        Authorised = "authorised",
        /// Ships, is sending, exports, in transit.
        Shipped = "shipped",
        /// Supplied, sold, provided, delivered, received, acquired.
        Delivered = "delivered",
        /// The goods of that supplier are used by the recipient.
        Used = "used",
        /// Cancels, suspends, delays, withholds, refuses, revokes.
        Halted = "halted",
        /// Seized, confiscated, turned back or destroyed on the way.
        Intercepted = "intercepted",
        /// A bare "arms deal": no point is told.
        Unstated = "unstated",
    }
}

vocabulary! {
    /// What an authority does with a measure.
    Action, "action" {
        /// Threatened.
        Threatened = "threatened",
        /// Asked for, drafted, pending.
        Proposed = "proposed",
        /// Imposed, or remains in force.
        Imposed = "imposed",
        /// Made longer or wider.
        Extended = "extended",
        /// Eased.
        Eased = "eased",
        /// Lifted.
        Lifted = "lifted",
        /// Rejected, vetoed, struck down.
        Blocked = "blocked",
    }
}

vocabulary! {
    /// How sure the source is of the proposition (after FactBank).
    Factuality, "factuality" {
        /// CT+: the source says that it is so.
        Certain = "certain",
        /// PR+: likely, believed, suspected.
        Probable = "probable",
        /// PS+: may, might, could.
        Possible = "possible",
        /// CT-: the source says that it is not so.
        Denied = "denied",
        /// PR-/Uu: the source says that it has no evidence or indication of it.
        NoEvidence = "no_evidence",
        /// Uu: only under a condition.
        Conditional = "conditional",
        /// Uu: raised, and neither confirmed nor denied.
        Undetermined = "undetermined",
    }
}

vocabulary! {
    /// The class of goods.
    Category, "goods category" {
        /// Shells, rounds, unguided rockets, bombs, bullets.
        Ammunition = "ammunition",
        /// Guided missiles, anti-tank ones too.
        Missiles = "missiles",
        /// Patriot, S-400, Stinger.
        AirDefence = "air_defence",
        /// Uncrewed aircraft and boats.
        Drones = "drones",
        /// Aircraft and their engines.
        Aircraft = "aircraft",
        /// Tanks, armoured and tactical vehicles.
        Armour = "armour",
        /// Guns, howitzers, mortars, rocket launchers.
        Artillery = "artillery",
        /// Ships and submarines.
        Ships = "ships",
        /// Small arms and unguided anti-tank weapons.
        SmallArms = "small_arms",
        /// Radars, radios, electronic warfare.
        Sensors = "sensors",
        /// Nuclear weapons, material and technology.
        Nuclear = "nuclear",
        /// Chips, components, machine tools, chemicals.
        DualUse = "dual_use",
        /// Body armour, demining, medical, non-lethal.
        Equipment = "equipment",
        /// Training.
        Training = "training",
        /// Maintenance, advisers, assistance.
        Services = "services",
        /// Unspecified arms, and money for arms.
        Weapons = "weapons",
    }
}

vocabulary! {
    /// What a claim is said to rest on.
    Basis, "basis" {
        /// Intelligence.
        Intelligence = "intelligence",
        /// Satellite imagery.
        SatelliteImagery = "satellite_imagery",
        /// Documents.
        Documents = "documents",
        /// Officials who are not named.
        OfficialsUnnamed = "officials_unnamed",
        /// Things found: debris, serial numbers.
        PhysicalEvidence = "physical_evidence",
        /// What the source saw.
        OwnObservation = "own_observation",
        /// Open sources.
        OpenSources = "open_sources",
        /// The text names none.
        NoneGiven = "none_given",
    }
}

vocabulary! {
    /// How the source's words are given.
    Directness, "directness" {
        /// All quoted.
        Direct = "direct",
        /// Paraphrased.
        Indirect = "indirect",
        /// Both.
        Mixed = "mixed",
    }
}
