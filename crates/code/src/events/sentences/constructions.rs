//! Constructions that were misread once, as agencies and authorities would write them.

use super::{check, check_of};

/// News agencies and summaries of the day.
const AGENCIES: &[(&str, &str)] = &[
    (
        "Germany approves the export of 50 Leopard 2 tanks to Indonesia.",
        "transfer DEU→IDN armour authorised certain",
    ),
    (
        "Saudi Arabia signs a $3.5 billion agreement with Raytheon to buy seven THAAD batteries.",
        "transfer Raytheon→SAU air_defence agreed certain",
    ),
    (
        "Kuwait has taken delivery of the first two of 28 Eurofighter Typhoons from Italy.",
        "transfer ITA→KWT aircraft delivered certain",
    ),
    (
        "A Russian cargo plane carrying rocket launchers lands in Caracas.",
        "transfer RUS→VEN artillery delivered certain",
    ),
    (
        "Greece is to receive 40 F-35 fighters from the United States under a deal worth $8.6 billion.",
        "transfer USA→GRC aircraft agreed certain",
    ),
    (
        "The Philippine Navy receives two Pohang-class corvettes donated by South Korea.",
        "transfer KOR→PHL ships delivered certain",
    ),
    (
        "The Pentagon notifies Congress of a possible sale of 31 MQ-9B drones to India for $3.99 billion.",
        "transfer USA→IND drones authorised certain",
    ),
    (
        "The U.S. State Department approves the potential sale of Javelin missiles to Ireland.",
        "transfer USA→IRL missiles authorised certain",
    ),
    ("Australia cancels its order for twelve French submarines.", "transfer FRA→AUS ships halted certain"),
    (
        "Israeli troops intercept a ship in the Red Sea carrying Iranian rockets bound for Gaza.",
        "transfer IRN→PSE ammunition intercepted certain",
    ),
    (
        "Belarus is negotiating with Iran over the joint production of Shahed drones.",
        "contact BLR,IRN certain",
    ),
    (
        "Serbia denies that it supplied ammunition to Ukraine.",
        "transfer SRB→UKR ammunition delivered denied by Serbia",
    ),
    (
        "The Kremlin dismisses reports that Russia has received missiles from Iran.",
        "transfer IRN→RUS missiles delivered denied by Kremlin",
    ),
    (
        "The UN Security Council votes unanimously to lift the arms embargo on Somalia.",
        "measure UN⊣SOM lifted certain",
    ),
    (
        "The United Nations Security Council renews the arms embargo on South Sudan for another year.",
        "measure UN⊣SSD extended certain",
    ),
    (
        "The European Union extends its sanctions against Syria until June 2024.",
        "measure EU⊣SYR extended certain",
    ),
    ("Japan imposes additional sanctions on North Korea.", "measure JPN⊣PRK imposed certain"),
    (
        "The US Treasury sanctions a network of companies in China and Iran accused of procuring components for drones.",
        "measure USA⊣network imposed certain",
    ),
    (
        "Ukraine says Russia attacked Kyiv with Iranian-made drones.",
        "transfer IRN→RUS drones used certain by Ukraine",
    ),
    (
        "The Israeli military uses American-made bombs in an airstrike on Rafah, according to the New York Times.",
        "transfer USA→ISR ammunition used certain by New York Times",
    ),
    ("Norway donates its F-16 fleet to Ukraine.", "transfer NOR→UKR aircraft delivered certain"),
    ("Iran offers to sell drones to Bolivia.", "transfer IRN→BOL drones offered certain"),
    (
        "France says that it is ready to supply Armenia with air defence systems.",
        "transfer FRA→ARM air_defence offered certain by France",
    ),
    (
        "Bulgaria's parliament votes to provide military aid to Ukraine.",
        "transfer BGR→UKR weapons authorised certain",
    ),
    (
        "The United Kingdom suspends 30 of its 350 arms export licences with Israel.",
        "transfer GBR→ISR weapons halted certain",
    ),
    (
        "Pakistan has reportedly agreed to sell JF-17 fighter jets to Sudan's army.",
        "transfer PAK→SDN aircraft agreed probable",
    ),
    (
        "The first Abrams tanks arrive in Ukraine from the United States.",
        "transfer USA→UKR armour delivered certain",
    ),
    (
        "The Wagner Group received a delivery of arms from North Korea, the White House says.",
        "transfer PRK→Wagner Group weapons delivered certain by White House",
    ),
    ("The United States accuses China of providing satellite imagery to the Houthis.", ""),
    (
        "The US House of Representatives passes a bill that would provide $14.3 billion in military aid to Israel.",
        "transfer USA→ISR weapons authorised conditional",
    ),
    (
        "The U.S. Senate rejects a resolution to block arms sales to Israel.",
        "measure USA⊣ISR blocked certain",
    ),
    (
        "Amnesty International calls on the United Kingdom to stop selling weapons to Saudi Arabia.",
        "measure GBR⊣SAU proposed certain by Amnesty International",
    ),
    (
        "Human Rights Watch accuses the United Arab Emirates of supplying drones to Ethiopia.",
        "transfer ARE→ETH drones delivered certain by Human Rights Watch",
    ),
    (
        "Egypt takes delivery of its second Mistral helicopter carrier from France.",
        "transfer FRA→EGY ships delivered certain",
    ),
    (
        "Finnish police seize a container of Patriot missiles on a ship bound for Shanghai.",
        "transfer →CHN air_defence intercepted certain",
    ),
    ("The Czech Republic plans to buy 77 Leopard 2A8 tanks.", "transfer →CZE armour sought certain"),
    (
        "Taiwan has ordered 66 F-16V fighters from the US but has not yet received any of them.",
        "transfer USA→TWN aircraft agreed certain; transfer USA→TWN aircraft delivered denied",
    ),
    ("Canada had also levied financial sanctions against Petrenko.", "measure CAN⊣Petrenko imposed certain"),
    (
        "Ghana's Customs Service intercepts an arms shipment in Tema.",
        "transfer → weapons intercepted certain",
    ),
    (
        "Peru said it was not ready to lift its arms embargo on Ecuador.",
        "measure PER⊣ECU lifted denied by Peru",
    ),
    ("The bank and its owner remain subject to British sanctions.", "measure GBR⊣bank imposed certain"),
    (
        "Rwanda supports the M23 but denies arming them.",
        "transfer RWA→M23 weapons delivered denied by Rwanda",
    ),
    (
        "Ethiopia has bought six drones. The country took delivery of the first two in May.",
        "transfer →ETH drones delivered certain",
    ),
    (
        "North Macedonia confirms the transfer of its Soviet-era tanks to Ukraine.",
        "transfer MKD→UKR armour delivered certain by North Macedonia",
    ),
    (
        "Argentina withdraws from talks to purchase Chinese JF-17 jets.",
        "transfer CHN→ARG aircraft halted certain",
    ),
    (
        "Portugal's government has promised six helicopters to Ukraine but has yet to hand them over.",
        "transfer PRT→UKR aircraft authorised certain; transfer PRT→UKR aircraft delivered denied",
    ),
    ("The two sides did not reach an agreement on the sale of submarines.", ""),
    (
        "Malta extradites a man accused of smuggling guns to Libya.",
        "transfer man→LBY small_arms shipped certain",
    ),
    (
        "The Senate failed to override a veto of a measure blocking arms sales to the Emirates.",
        "measure USA⊣ARE blocked certain",
    ),
    ("Sweden lifts its ban on arms exports to Turkey.", "measure SWE⊣TUR lifted certain"),
    ("China bans exports of drone parts to the United States.", "measure CHN⊣USA imposed certain"),
    (
        "Iran's foreign minister welcomes the end of a UN ban on arms sales to his country.",
        "measure UN⊣IRN lifted certain",
    ),
    (
        "The UN Security Council votes down a US proposal to impose an arms embargo on South Sudan.",
        "measure UN⊣SSD blocked certain",
    ),
    ("Norway halts the export of military goods to Kyrgyzstan.", "transfer NOR→KGZ weapons halted certain"),
    ("The United States removes Turkey from the F-35 programme.", "measure USA⊣TUR imposed certain"),
    (
        "Iran is suspected of shipping missiles to the Houthis.",
        "transfer IRN→Houthis missiles shipped probable",
    ),
    (
        "Israel believes that Syria has transferred Scud missiles to Hezbollah.",
        "transfer SYR→Hezbollah missiles delivered probable by Israel",
    ),
    ("Germany is considering delivering tanks to Ukraine.", "transfer DEU→UKR armour offered certain"),
    ("Libya reportedly plans to buy fighter jets from France.", "transfer FRA→LBY aircraft sought probable"),
    (
        "Syria denies allegations that it is sending Scuds to Hezbollah.",
        "transfer SYR→Hezbollah missiles shipped denied by Syria",
    ),
    (
        "Turkey says reports that it sold drones to Ethiopia are false.",
        "transfer TUR→ETH drones delivered denied by Turkey",
    ),
    ("The arms embargo on Eritrea will not be lifted, the UN says.", "measure UN⊣ERI lifted denied by UN"),
    ("The European Union agrees to impose sanctions on Iran.", "measure EU⊣IRN imposed certain"),
    ("The European Union threatens Zimbabwe with an arms embargo.", "measure EU⊣ZWE threatened certain"),
    ("Turkish police detain a truck carrying weapons to Syria.", "transfer →SYR weapons intercepted certain"),
    (
        "Israel says it has seized a ship carrying missiles from Syria to Gaza.",
        "transfer SYR→PSE missiles intercepted certain by Israel",
    ),
    (
        "A ship carrying Chinese weapons for Zimbabwe is turned back by South African dockworkers.",
        "transfer CHN→ZWE weapons intercepted certain",
    ),
    (
        "A cargo plane carrying 35 tonnes of arms from North Korea is seized in Bangkok.",
        "transfer PRK→ weapons intercepted certain",
    ),
    (
        "South Korea will sell 180 K2 tanks to Poland in a deal worth $6.5 billion.",
        "transfer KOR→POL armour agreed certain",
    ),
    (
        "Russia suspends the delivery of S-400 systems to Turkey.",
        "transfer RUS→TUR air_defence halted certain",
    ),
    (
        "Sweden's government halts exports of military equipment to Turkey after the offensive in Syria.",
        "transfer SWE→TUR weapons halted certain",
    ),
    ("Egypt agrees to buy 24 Rafale fighters from France.", "transfer FRA→EGY aircraft agreed certain"),
    (
        "The US Congress approves a $1.15 billion sale of tanks to Saudi Arabia.",
        "transfer USA→SAU armour authorised certain",
    ),
    (
        "China protests against U.S. plans to sell submarines to Taiwan.",
        "transfer USA→TWN ships offered certain",
    ),
    ("The Belgian government will ban the transit of weapons to Israel.", "measure BEL⊣ISR imposed certain"),
    ("Hezbollah fires Iranian-made Fajr rockets at Haifa.", "transfer IRN→Hezbollah ammunition used certain"),
];

#[test]
fn agencies() {
    check(AGENCIES);
}

/// Releases of a foreign ministry: "we" is its state.
const FOREIGN_MINISTRIES: &[(&str, &str)] = &[
    ("All property and interests in property of the persons named above are blocked.", ""),
    (
        "The United States welcomes the UN Security Council's renewal of the arms embargo on the Central African Republic.",
        "measure UN⊣CAF extended certain",
    ),
    (
        "Since 2016, the United States has authorized the permanent export of over $330 million in defense articles to Oman via Direct Commercial Sales.",
        "transfer USA→OMN weapons authorised certain",
    ),
    ("As a result of today's action, all property of the designated persons must be blocked.", ""),
    (
        "Russia has sought to acquire millions of shells from North Korea.",
        "transfer PRK→RUS ammunition sought certain",
    ),
    ("Russia's war machine is running short of artillery shells.", "shortage RUS ammunition certain"),
    (
        "The PRC continues to export dual-use goods such as machine tools and microelectronics to Russia.",
        "transfer CHN→RUS dual_use shipped certain",
    ),
    ("These systems will be delivered to Ukraine in the coming weeks.", ""),
    (
        "We applaud Bulgaria's commitment to transfer armored vehicles to Ukraine.",
        "transfer BGR→UKR armour authorised certain",
    ),
    (
        "Together with more than 40 allies and partners, we have provided Ukraine with the weapons it needs to defend itself.",
        "transfer USA→UKR weapons delivered certain",
    ),
    (
        "The Department of Commerce added 33 entities to the Unverified List.",
        "measure USA⊣entities imposed certain",
    ),
    (
        "Concurrent with this action, the Department of the Treasury sanctioned Belarusian defense firm Agat Plant.",
        "measure USA⊣Agat Plant imposed certain",
    ),
    (
        "The United States has imposed missile nonproliferation sanctions on Zhongxing Trading Company under the Arms Export Control Act.",
        "measure USA⊣Zhongxing Trading Company imposed certain",
    ),
    (
        "The UN Security Council adopted Resolution 2664 renewing sanctions on the Democratic Republic of the Congo.",
        "measure UN⊣COD extended certain",
    ),
    (
        "The UN arms embargo on South Sudan has been extended through May 2024.",
        "measure UN⊣SSD extended certain",
    ),
    ("The Administration will suspend visas for those officials if the fighting continues.", ""),
    (
        "The Secretary revoked the designation of the Revolutionary Armed Forces of Colombia as a Foreign Terrorist Organization.",
        "measure USA⊣FARC lifted certain",
    ),
    (
        "The Department is removing ETA from its list of foreign terrorist organizations.",
        "measure USA⊣ETA lifted certain",
    ),
    (
        "The State Department has designated Ansarallah as a Foreign Terrorist Organization.",
        "measure USA⊣Houthis imposed certain",
    ),
    (
        "The Bureau of Industry and Security imposed new license requirements on exports of advanced chips to China.",
        "measure USA⊣CHN imposed certain",
    ),
    (
        "We will not hesitate to use our sanctions authorities against those who supply Russia's war machine.",
        "",
    ),
    (
        "The United States condemns the DPRK's ballistic missile launch. This launch is in violation of multiple UN Security Council resolutions.",
        "violation PRK certain",
    ),
    (
        "The United States condemns North Korea's test of a long-range missile. The test violates several UN Security Council resolutions and poses a threat to its neighbors.",
        "violation PRK certain",
    ),
    (
        "Today the DPRK fired two ballistic missiles in clear violation of Security Council resolutions.",
        "violation PRK certain",
    ),
    (
        "Such transfers of arms from Iran would violate UN Security Council Resolution 2231.",
        "violation IRN conditional",
    ),
    (
        "Russia's procurement of weapons from the DPRK violates resolutions that Russia itself voted for.",
        "violation RUS certain; transfer PRK→RUS weapons agreed certain",
    ),
    (
        "The Department of State today notified Congress of a sale of helicopters to Nigeria worth $997 million.",
        "transfer USA→NGA aircraft authorised certain",
    ),
    (
        "In addition to Foreign Military Sales, the United States provides $1.3 billion in Foreign Military Financing to Egypt each year.",
        "transfer USA→EGY weapons delivered certain",
    ),
];

#[test]
fn foreign_ministries() {
    check_of("US Department of State", FOREIGN_MINISTRIES);
}

/// Contracts and deliveries as a defence ministry tells them.
#[test]
fn defence_ministries() {
    check_of(
        "US Department of Defense",
        &[
            (
                "Raytheon Missiles & Defense, Tucson, Arizona, was awarded a $568 million contract for Stinger missiles for the Army.",
                "transfer Raytheon Missiles & Defense→USA air_defence agreed certain",
            ),
            (
                "Lockheed Martin Corp., Fort Worth, Texas, is awarded a $90 million modification to a contract to produce F-35 aircraft for the government of Belgium.",
                "transfer Lockheed Martin Corp.→BEL aircraft agreed certain",
            ),
            ("The U.S. Army delivered its first Typhon launchers to the Philippines for an exercise.", ""),
            (
                "Sikorsky received a $100 million order for UH-60M helicopters for Saudi Arabia.",
                "transfer Sikorsky→SAU aircraft agreed certain",
            ),
            (
                "Unlike drawdowns, USAI is an authority under which the United States procures capabilities from industry.",
                "",
            ),
        ],
    );
}

/// Releases of a government that buys and gives.
#[test]
fn governments() {
    check_of(
        "Australian Government",
        &[
            (
                "Today I announced that the Government has approved the acquisition of 20 new C-130J Hercules aircraft from the United States.",
                "transfer USA→AUS aircraft authorised certain",
            ),
            ("Australia's new frigates will be built by Mitsubishi Heavy Industries.", ""),
            ("We will gift 49 M1A1 Abrams tanks to Ukraine.", "transfer AUS→UKR armour authorised certain"),
        ],
    );
}

/// Bills, letters and speeches of a legislature.
const LEGISLATURES: &[(&str, &str)] = &[
    (
        "I introduced a joint resolution of disapproval to block the sale of 280 air-to-air missiles to Saudi Arabia.",
        "measure USA⊣SAU proposed certain; transfer USA→SAU missiles unstated certain",
    ),
    ("The resolution failed by a vote of 30 to 67.", ""),
    (
        "The administration must stop selling bombs to the Saudi-led coalition.",
        "measure USA⊣Saudi-led coalition proposed certain",
    ),
    (
        "It is time for the Administration to provide the Kurds with the heavy weapons they need.",
        "transfer USA→Kurds weapons sought certain",
    ),
    (
        "The legislation prohibits the Department of Defense from purchasing drones made in China.",
        "measure USA⊣CHN proposed certain",
    ),
    (
        "Russia is using Iranian drones to terrorize Ukrainian civilians.",
        "transfer IRN→RUS drones used certain",
    ),
    ("For years, Iran has armed and funded Hezbollah.", "transfer IRN→Hezbollah weapons delivered certain"),
    (
        "Congress has approved $61 billion in military aid for Ukraine.",
        "transfer USA→UKR weapons authorised certain",
    ),
    (
        "The bill would prohibit the export of semiconductor manufacturing equipment to China.",
        "measure USA⊣CHN proposed certain",
    ),
    (
        "The senators called on the Commerce Department to add YMTC to the Entity List.",
        "measure USA⊣YMTC proposed certain",
    ),
    (
        "We urge you to impose the full force of CAATSA sanctions on Turkey.",
        "measure USA⊣TUR proposed certain",
    ),
    (
        "The amendment would block the sale of F-16s to Turkey until it approves Sweden's NATO bid.",
        "measure USA⊣TUR proposed certain; transfer USA→TUR aircraft unstated certain",
    ),
    (
        "My bill bans U.S. firms from selling surveillance technology to the Chinese government.",
        "measure USA⊣CHN proposed certain",
    ),
    ("China continues to buy Iranian oil in violation of U.S. sanctions.", "violation CHN certain"),
    (
        "The STOP Act would designate the Houthis as a Foreign Terrorist Organization.",
        "measure USA⊣Houthis proposed certain",
    ),
    ("The United States should end all military aid to Azerbaijan.", "measure USA⊣AZE proposed certain"),
    (
        "The President must stop the transfer of F-35s to the United Arab Emirates.",
        "measure USA⊣ARE proposed certain; transfer USA→ARE aircraft unstated certain",
    ),
    (
        "Senator Doe has placed a hold on the sale of attack helicopters to Nigeria.",
        "transfer USA→NGA aircraft halted certain",
    ),
    (
        "The measure would provide $500 million in Foreign Military Financing for Taiwan.",
        "transfer USA→TWN weapons authorised conditional",
    ),
    (
        "The Taiwan Aid Act would speed the delivery of Harpoon missiles to Taiwan.",
        "transfer USA→TWN missiles authorised conditional",
    ),
    (
        "I commend the Administration for providing Ukraine with Javelin missiles.",
        "transfer USA→UKR missiles delivered certain",
    ),
];

#[test]
fn legislatures() {
    check_of("US Senate", LEGISLATURES);
}

/// What a head of state orders and says.
#[test]
fn heads_of_state() {
    check_of(
        "The White House",
        &[
            (
                "I hereby delegate to you the authority under section 506(a)(1) of the FAA to direct the drawdown of up to an aggregate value of $100 million in defense articles and services from the Department of Defense to provide assistance to Ukraine.",
                "transfer USA→UKR weapons authorised certain",
            ),
            (
                "I am grateful to Slovakia for providing an S-300 air defense system to Ukraine. To enable this transfer, the United States will reposition a Patriot battery to Slovakia.",
                "transfer SVK→UKR air_defence delivered certain",
            ),
        ],
    );
}
