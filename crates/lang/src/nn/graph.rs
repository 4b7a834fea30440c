//! The file that thinc writes for a model: its nodes with their names, references and parameters.

use crate::error::LangError;
use crate::msgpack::Value;

/// A node of a thinc model.
#[derive(Debug)]
struct Node<'a> {
    name: &'a str,
    refs: &'a [(Value<'a>, Value<'a>)],
    params: &'a [(Value<'a>, Value<'a>)],
    attrs: &'a [(Value<'a>, Value<'a>)],
}

/// The nodes of a model in thinc's breadth-first order.
#[derive(Debug)]
pub(crate) struct Graph<'a> {
    file: &'a str,
    nodes: Vec<Node<'a>>,
}

/// An array of numbers with its shape, in row-major order.
#[derive(Debug, Clone)]
pub(crate) struct Array {
    pub(crate) shape: Vec<usize>,
    pub(crate) data: Vec<f32>,
}

impl<'a> Graph<'a> {
    /// Reads the nodes of a file's value; `file` is for messages.
    pub(crate) fn read(value: &'a Value<'a>, file: &'a str) -> Result<Self, LangError> {
        let list = |name: &str| {
            value
                .get(name)
                .and_then(Value::array)
                .ok_or_else(|| LangError::damaged(file, format!("there is no list `{name}`")))
        };
        let (nodes, params, attrs) = (list("nodes")?, list("params")?, list("attrs")?);
        if nodes.len() != params.len() || nodes.len() != attrs.len() {
            return Err(LangError::damaged(file, "nodes, params and attrs have different lengths"));
        }
        let nodes = nodes
            .iter()
            .zip(params.iter().zip(attrs))
            .map(|(node, (params, attrs))| {
                Some(Node {
                    name: node.get("name")?.str()?,
                    refs: node.get("refs")?.map()?,
                    params: params.map()?,
                    attrs: attrs.map()?,
                })
            })
            .collect::<Option<Vec<_>>>()
            .ok_or_else(|| LangError::damaged(file, "a node is not what it should be"))?;
        Ok(Graph { file, nodes })
    }

    /// The numbers of the nodes called `name`, in order.
    pub(crate) fn named(&self, name: &str) -> Vec<usize> {
        (0..self.nodes.len()).filter(|&i| self.nodes[i].name == name).collect()
    }

    /// The node that node `at` refers to as `name`.
    pub(crate) fn reference(&self, at: usize, name: &str) -> Option<usize> {
        let refs = self.nodes.get(at)?.refs;
        let target = refs.iter().find(|(k, _)| k.str() == Some(name))?.1.size()?;
        (target < self.nodes.len()).then_some(target)
    }

    /// The array `name` of node `at`, which must have `rank` dimensions.
    pub(crate) fn array(&self, at: usize, name: &str, rank: usize) -> Result<Array, LangError> {
        let error = |why: &str| {
            let node = self.nodes.get(at).map_or("?", |n| n.name);
            LangError::damaged(self.file, format!("parameter {name} of node {at} ({:.40}) {why}", node))
        };
        let params = self.nodes.get(at).ok_or_else(|| error("is missing"))?.params;
        let param = params.iter().find(|(k, _)| k.str() == Some(name));
        let (_, param) = param.ok_or_else(|| error("is missing"))?;
        let array = read_array(param).ok_or_else(|| error("is not an array of 32-bit numbers"))?;
        if array.shape.len() != rank {
            return Err(error(&format!("has the shape {:?}", array.shape)));
        }
        if !array.data.iter().all(|x| x.is_finite()) {
            return Err(error("has numbers that are not finite"));
        }
        Ok(array)
    }

    /// The setting `name` of node `at`, which thinc keeps as MessagePack inside bytes.
    pub(crate) fn setting(&self, at: usize, name: &str) -> Result<Option<Value<'a>>, LangError> {
        let attrs = self.nodes.get(at).map_or(&[][..], |n| n.attrs);
        let found = attrs.iter().find(|(k, _)| k.str() == Some(name));
        match found.and_then(|(_, v)| v.bytes()) {
            Some(bytes) => Value::read(bytes, self.file).map(Some),
            None => Ok(None),
        }
    }

    /// An error about this file.
    pub(crate) fn error(&self, why: impl Into<String>) -> LangError {
        LangError::damaged(self.file, why)
    }
}

fn read_array(value: &Value<'_>) -> Option<Array> {
    if value.get("nd")? != &Value::Bool(true) || value.get("type")?.str()? != "<f4" {
        return None;
    }
    let shape: Vec<usize> = value.get("shape")?.array()?.iter().map(Value::size).collect::<Option<_>>()?;
    let bytes = value.get("data")?.bytes()?;
    let len = shape.iter().try_fold(4usize, |len, &n| len.checked_mul(n))?;
    if len != bytes.len() || len == 0 {
        return None;
    }
    let data = bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
    Some(Array { shape, data })
}
