//! Districts from a GeoJSON FeatureCollection. Which property is name, number or parent is found from names and values.

use super::districts::{District, MOST_DISTRICTS, Named, Read};
use crate::Error;
use domain::fold::fold;
use serde::Deserialize;
use serde_json::{Map, Value, value::RawValue};
use std::collections::BTreeSet;

const MOST_BYTES: usize = 64 * 1024 * 1024;
const MOST_POINTS: usize = 1_000_000;
/// A tenth of a metre is enough for a map of districts.
const DECIMALS: f64 = 1e6;

#[derive(Deserialize)]
struct Collection {
    #[serde(rename = "type")]
    sort: String,
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    #[serde(default)]
    properties: Option<Map<String, Value>>,
    #[serde(default)]
    geometry: Option<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    #[serde(rename = "type")]
    sort: String,
    coordinates: Value,
}

/// Reads the collection.
pub(super) fn read(bytes: &[u8]) -> Result<Read, Error> {
    if bytes.len() > MOST_BYTES {
        return Err(Error::TooMuch {
            field: "file",
            limit: MOST_BYTES as u64,
        });
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let collection: Collection = serde_json::from_slice(bytes).map_err(|_| invalid("is no GeoJSON", None))?;
    if collection.sort != "FeatureCollection" {
        return Err(invalid("is no FeatureCollection", None));
    }
    if collection.features.len() > MOST_DISTRICTS {
        return Err(Error::TooMuch {
            field: "file",
            limit: MOST_DISTRICTS as u64,
        });
    }
    let columns = Columns::of(&collection.features).ok_or_else(|| invalid("names no district", None))?;
    let mut points = 0;
    let mut read = Vec::new();
    for (row, feature) in (1..).zip(&collection.features) {
        let cell = |column: &Option<String>| column.as_ref().and_then(|column| text(feature, column));
        let whole = cell(&Some(columns.name.clone())).ok_or_else(|| invalid("has no name", Some(row)))?;
        let named = if columns.number.is_some() {
            Named {
                number: None,
                name: whole,
            }
        } else {
            split(&whole)
        };
        read.push(District {
            number: cell(&columns.number).or(named.number),
            name: named.name,
            parent: cell(&columns.parent).map(|parent| split(&parent)),
            outline: feature
                .geometry
                .as_ref()
                .map(|geometry| outline(geometry, &mut points, row))
                .transpose()?,
        });
    }
    Ok(read)
}

/// Which property says what.
struct Columns {
    name: String,
    number: Option<String>,
    parent: Option<String>,
}

impl Columns {
    fn of(features: &[Feature]) -> Option<Self> {
        let keys: BTreeSet<&String> = features
            .iter()
            .filter_map(|f| f.properties.as_ref())
            .flat_map(Map::keys)
            .collect();
        let values = |key: &str| features.iter().filter_map(|f| text(f, key)).collect::<Vec<String>>();
        let distinct = |key: &str| values(key).iter().collect::<BTreeSet<_>>().len();
        let everywhere = |key: &str| values(key).len() == features.len();
        let worded = |key: &str| values(key).iter().all(|value| value.chars().any(char::is_alphabetic));
        let counted = |key: &str| {
            values(key)
                .iter()
                .all(|value| value.chars().any(|c| c.is_ascii_digit()) && value.len() <= 12)
        };
        let find = |words: &[&str], fits: &dyn Fn(&str) -> bool| {
            words.iter().find_map(|word| {
                let by_rank = |exact: bool| {
                    keys.iter().find(|key| {
                        let name = fold(key);
                        (if exact { name == *word } else { name.contains(word) }) && fits(key)
                    })
                };
                by_rank(true).or_else(|| by_rank(false)).map(|key| (*key).clone())
            })
        };
        let count = features.len();
        let parent = find(
            &[
                "parent",
                "planungsraum",
                "stadtbezirk",
                "stadtbezir",
                "bezirk",
                "sozialraum",
            ],
            &|key| everywhere(key) && worded(key) && distinct(key) < count,
        );
        let other = |key: &str| parent.as_deref() != Some(key);
        let number = find(
            &["number", "nummer", "nr", "schluessel", "schlussel", "kennz"],
            &|key| everywhere(key) && counted(key) && distinct(key) == count && other(key),
        );
        let name = find(
            &[
                "name",
                "bezeichnung",
                "bezeichn",
                "stadtteil",
                "ortsteil",
                "statist",
                "district",
                "title",
            ],
            &|key| everywhere(key) && worded(key) && other(key) && number.as_deref() != Some(key),
        )?;
        Some(Self { name, number, parent })
    }
}

/// A property as text.
fn text(feature: &Feature, key: &str) -> Option<String> {
    match feature.properties.as_ref()?.get(key)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// `2 Innenstadtring` is number and name.
fn split(text: &str) -> Named {
    let numbered = text
        .split_once(' ')
        .filter(|(number, _)| number.chars().all(|c| c.is_ascii_digit()));
    match numbered {
        Some((number, name)) => Named {
            number: Some(number.to_owned()),
            name: name.trim().to_owned(),
        },
        None => Named {
            number: None,
            name: text.to_owned(),
        },
    }
}

/// The geometry with its coordinates rounded.
fn outline(geometry: &Geometry, points: &mut usize, row: usize) -> Result<Box<RawValue>, Error> {
    if !matches!(geometry.sort.as_str(), "Polygon" | "MultiPolygon") {
        return Err(invalid("has an outline that is no area", Some(row)));
    }
    let mut coordinates = geometry.coordinates.clone();
    round(&mut coordinates, points, 0, row)?;
    let outline = serde_json::json!({"type": geometry.sort, "coordinates": coordinates});
    serde_json::value::to_raw_value(&outline).map_err(|_| invalid("has a broken outline", Some(row)))
}

fn round(value: &mut Value, points: &mut usize, depth: usize, row: usize) -> Result<(), Error> {
    let broken = || invalid("has a broken outline", Some(row));
    let Value::Array(parts) = value else {
        return Err(broken());
    };
    if !parts.first().is_some_and(Value::is_number) {
        // Rings of points stand two deep in a polygon and three deep in several.
        if depth > 3 {
            return Err(broken());
        }
        return parts
            .iter_mut()
            .try_for_each(|part| round(part, points, depth + 1, row));
    }
    *points += 1;
    if *points > MOST_POINTS {
        return Err(Error::TooMuch {
            field: "points",
            limit: MOST_POINTS as u64,
        });
    }
    // A third coordinate is a height, which no map of districts shows.
    parts.truncate(2);
    let limits = [180.0, 90.0];
    if parts.len() != 2 {
        return Err(broken());
    }
    for (part, limit) in parts.iter_mut().zip(limits) {
        let degrees = part.as_f64().filter(|degrees| degrees.abs() <= limit);
        let degrees = degrees.ok_or_else(|| invalid("does not lie on the globe in degrees (WGS84)", Some(row)))?;
        *part = Value::from((degrees * DECIMALS).round() / DECIMALS);
    }
    Ok(())
}

fn invalid(why: &'static str, row: Option<usize>) -> Error {
    Error::Invalid {
        field: "districts",
        why,
        row,
    }
}
