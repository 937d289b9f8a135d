//! Reader of CQL2 JSON. Its depth is counted over the bytes before they are parsed. This module does no I/O.

mod geometry;

use serde_json::{Map, Value};

use super::build::{self, SpatialArgument};
use super::scalar::{ScalarOperand, ScalarSource};
use super::{ComparisonOperator, ExpressionContext, ExpressionError, FilterExpression, MAX_DEPTH, too_deep};
use crate::index::filter::queryables::{FilterSubject, GEOMETRY};

/// Arrays within each other that a multipolygon has of its own, below the `args` of its function.
const ARRAYS_OF_COORDINATES: usize = 4;

/// Reads the whole of `text`.
///
/// # Errors
///
/// At the first part that cannot be used.
pub(super) fn parse(text: &str, context: ExpressionContext) -> Result<FilterExpression, ExpressionError> {
    check_depth(text)?;
    let value = serde_json::from_str(text).map_err(|error| syntax(text, &error))?;
    condition(&value, context, "$")
}

/// Refuses objects or arrays that are nested deeper than [`MAX_DEPTH`].
fn check_depth(text: &str) -> Result<(), ExpressionError> {
    let (mut objects, mut arrays, mut in_text, mut is_escaped) = (0_usize, 0_usize, false, false);
    for (at, c) in text.chars().enumerate() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if in_text => is_escaped = true,
            '"' => in_text = !in_text,
            _ if in_text => {}
            '{' => objects += 1,
            '}' => objects = objects.saturating_sub(1),
            '[' => arrays += 1,
            ']' => arrays = arrays.saturating_sub(1),
            _ => {}
        }
        if objects > MAX_DEPTH || arrays > MAX_DEPTH + ARRAYS_OF_COORDINATES {
            return Err(too_deep(at + 1));
        }
    }
    Ok(())
}

/// What is wrong with the JSON as such, with the position in characters.
fn syntax(text: &str, error: &serde_json::Error) -> ExpressionError {
    let before: usize = text.split('\n').take(error.line().saturating_sub(1)).map(|line| line.len() + 1).sum();
    let bytes = (before + error.column().saturating_sub(1)).min(text.len());
    let position = text.char_indices().take_while(|(at, _)| *at < bytes).count() + 1;
    let said = error.to_string();
    let reason = said.rsplit_once(" at line").map_or(said.as_str(), |(reason, _)| reason);
    ExpressionError::at(position, format!("it is no JSON: {reason}"))
}

/// An error at `path`, in the notation of `JSONPath`.
fn at(path: &str, reason: impl std::fmt::Display) -> ExpressionError {
    ExpressionError::new(format!("at {path}: {reason}"))
}

/// An operator or function with its arguments.
fn call<'a>(object: &'a Map<String, Value>, path: &str) -> Result<(&'a str, &'a [Value]), ExpressionError> {
    let op = object.get("op").and_then(Value::as_str).ok_or_else(|| at(path, "no `op` is a text"))?;
    let args = object.get("args").and_then(Value::as_array).ok_or_else(|| at(path, "no `args` is an array"))?;
    match object.keys().find(|key| !matches!(key.as_str(), "op" | "args")) {
        Some(other) => Err(at(path, format!("unknown member {other:?}"))),
        None => Ok((op, args)),
    }
}

fn condition(value: &Value, context: ExpressionContext, path: &str) -> Result<FilterExpression, ExpressionError> {
    if let Value::Bool(truth) = value {
        return Ok(FilterExpression::Constant(*truth));
    }
    let object = value.as_object().ok_or_else(|| at(path, "neither true, false nor an object with `op` and `args`"))?;
    let (op, args) = call(object, path)?;
    let child = |number: usize| format!("{path}.args[{number}]");
    let count = |wanted: usize| {
        let counted = || at(path, format!("{op} has {} arguments instead of {wanted}", args.len()));
        if args.len() == wanted { Ok(()) } else { Err(counted()) }
    };
    let checked = |made: Result<FilterExpression, String>| made.map_err(|reason| at(path, reason));
    let operand = |number: usize| scalar(&args[number], context.subject, &child(number));
    match op {
        "and" | "or" => joined(op, args, context, path),
        "not" => count(1).and_then(|()| Ok(FilterExpression::Not(Box::new(condition(&args[0], context, &child(0))?)))),
        "isNull" => count(1).and_then(|()| checked(build::is_null(&operand(0)?))),
        "like" => count(2).and_then(|()| checked(build::like(operand(0)?, &operand(1)?))),
        "between" => count(3).and_then(|()| checked(build::between(operand(0)?, operand(1)?, operand(2)?))),
        "in" => {
            count(2).and_then(|()| checked(build::one_of(operand(0)?, operands(&args[1], context.subject, &child(1))?)))
        }
        _ => {
            if let Some(operator) = ComparisonOperator::named(op) {
                return count(2).and_then(|()| checked(build::comparison(operand(0)?, operator, operand(1)?)));
            }
            let relation = build::spatial_function(op).ok_or_else(|| at(path, build::unknown_function(op)))?;
            count(2)?;
            let argument = |number: usize| spatial_argument(&args[number], context, &child(number));
            checked(build::spatial(relation, argument(0)?, argument(1)?))
        }
    }
}

/// Conditions joined by `op`: and, or.
fn joined(
    op: &str,
    args: &[Value],
    context: ExpressionContext,
    path: &str,
) -> Result<FilterExpression, ExpressionError> {
    let part = |(number, it): (usize, &Value)| condition(it, context, &format!("{path}.args[{number}]"));
    let parts: Vec<_> = args.iter().enumerate().map(part).collect::<Result<_, _>>()?;
    match (parts.len(), op) {
        (0 | 1, _) => Err(at(path, format!("{op} needs two arguments or more"))),
        (_, "and") => Ok(FilterExpression::all(parts)),
        _ => Ok(FilterExpression::Any(parts)),
    }
}

fn operands(value: &Value, subject: FilterSubject, path: &str) -> Result<Vec<ScalarOperand>, ExpressionError> {
    let items = value.as_array().ok_or_else(|| at(path, "a list of values should stand here"))?;
    items.iter().enumerate().map(|(number, item)| scalar(item, subject, &format!("{path}[{number}]"))).collect()
}

fn scalar(value: &Value, subject: FilterSubject, path: &str) -> Result<ScalarOperand, ExpressionError> {
    let source = match value {
        Value::String(text) => ScalarSource::Text(text.clone()),
        Value::Bool(flag) => ScalarSource::Flag(*flag),
        Value::Number(number) => {
            let number = number.as_f64().filter(|number| number.is_finite());
            ScalarSource::Number(number.ok_or_else(|| at(path, "no finite number"))?)
        }
        Value::Object(object) => return scalar_object(object, subject, path),
        Value::Null | Value::Array(_) => return Err(at(path, "a queryable or a value should stand here")),
    };
    Ok(ScalarOperand::new(source))
}

/// A value that is an object: `{"property":…}`, `{"date":…}` or `{"op":"casei",…}`.
fn scalar_object(
    object: &Map<String, Value>,
    subject: FilterSubject,
    path: &str,
) -> Result<ScalarOperand, ExpressionError> {
    if let Some(name) = property_name(object) {
        let queryable = build::queryable(subject, name).map_err(|reason| at(path, reason))?;
        return Ok(ScalarOperand::new(ScalarSource::Property(queryable)));
    }
    if let (Some(Value::String(text)), 1) = (object.get("date"), object.len()) {
        let day = build::day(text).map_err(|reason| at(path, reason))?;
        return Ok(ScalarOperand::new(ScalarSource::Day(day)));
    }
    let (op, args) = call(object, path)?;
    match (op.eq_ignore_ascii_case("casei"), args) {
        (true, [inner]) => {
            let inner = scalar(inner, subject, &format!("{path}.args[0]"))?;
            inner.case_insensitive().ok_or_else(|| at(path, "wrong type: only a text has a case"))
        }
        (true, _) => Err(at(path, format!("casei has {} arguments instead of 1", args.len()))),
        (false, _) => Err(at(path, build::unknown_function(op))),
    }
}

fn property_name(object: &Map<String, Value>) -> Option<&str> {
    object.get("property").filter(|_| object.len() == 1)?.as_str()
}

fn spatial_argument(value: &Value, context: ExpressionContext, path: &str) -> Result<SpatialArgument, ExpressionError> {
    let object = value.as_object().ok_or_else(|| at(path, "a geometry should stand here"))?;
    match property_name(object) {
        Some(name) => {
            let queryable = build::queryable(context.subject, name).map_err(|reason| at(path, reason))?;
            if queryable.name == GEOMETRY {
                return Ok(SpatialArgument::Own(queryable));
            }
            Err(at(path, format!("wrong type: {} is no geometry", queryable.name)))
        }
        None => geometry::shape(object, context.crs).map(SpatialArgument::Shape).map_err(|reason| at(path, reason)),
    }
}
