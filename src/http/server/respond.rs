//! Frames a body as an answer: entity tag, `304`, coding, caching.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;

use super::body::BodySlices;
use super::compression::gzip;
use super::negotiate::{ContentCoding, EntityTags, coding};
use super::prepared::{PreparedResponse, PreparedResponses};
use crate::http::AppState;
use crate::index::Snapshot;
use crate::model::Audience;

/// Answers that are made for one request are packed from this many bytes on, if the client can read that: below, the
/// processor's time is worth more than the line's.
const PACK_FROM: usize = 8 << 10;
/// The quickest gzip.
const QUICK: u32 = 1;

/// Says what may be kept and for how long, by the audience.
const PUBLIC: HeaderValue = HeaderValue::from_static("public, max-age=0, must-revalidate");
const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-cache");

/// A fixed answer, packed if that is done and the client can read it; `304` where the client has it.
pub(in crate::http) fn prepared(app: &AppState, request_headers: &HeaderMap, answer: &PreparedResponse) -> Response {
    let packed = answer.packed();
    let brotli = packed.and_then(|it| it.brotli.as_ref());
    let gzip = packed.and_then(|it| it.gzip.as_ref());
    let mut offered = Vec::with_capacity(3);
    offered.extend(brotli.map(|_| ContentCoding::Brotli));
    offered.extend(gzip.map(|_| ContentCoding::Gzip));
    offered.push(ContentCoding::Identity);
    let coding = coding(request_headers, &offered);
    let head = ResponseHead { tags: &answer.tags, media: answer.media, cache: cache(app) };
    if let Some(unchanged) = head.unchanged(request_headers, coding) {
        return unchanged;
    }
    let slices = match coding {
        ContentCoding::Brotli => brotli.cloned().map(|body| BodySlices::new([body])),
        ContentCoding::Gzip => gzip.cloned().map(|body| BodySlices::new([body])),
        ContentCoding::Identity => None,
    };
    head.with(coding, slices.unwrap_or_else(|| answer.identity()).into_body())
}

/// An answer that is made for this request, unless the client has it; packed quickly where it is long.
pub(in crate::http) fn generated(
    app: &AppState,
    request_headers: &HeaderMap,
    (answers, media): (&PreparedResponses, &'static str),
    write: impl FnOnce() -> Vec<u8>,
) -> Response {
    once(request_headers, &ResponseHead { tags: &answers.tags, media, cache: cache(app) }, write)
}

fn once(request_headers: &HeaderMap, head: &ResponseHead, write: impl FnOnce() -> Vec<u8>) -> Response {
    let coding = coding(request_headers, &[ContentCoding::Gzip, ContentCoding::Identity]);
    if let Some(unchanged) = head.unchanged(request_headers, coding) {
        return unchanged;
    }
    let body = write();
    match coding {
        ContentCoding::Gzip if body.len() >= PACK_FROM => head.with(ContentCoding::Gzip, gzip(&body, QUICK).into()),
        _ => head.with(ContentCoding::Identity, body.into()),
    }
}

/// A page in one language. One with a `key` is made once per snapshot; keys must come from the program, not from the client.
pub(in crate::http) fn page(
    app: &AppState,
    request_headers: &HeaderMap,
    (key, media): (Option<&str>, &'static str),
    write: impl FnOnce(&Snapshot) -> String,
) -> Response {
    let answers = app.answers();
    let write = |snapshot: &Snapshot| write(snapshot).into_bytes();
    let mut response = if let Some(key) = key {
        prepared(app, request_headers, &answers.page(key, media, write))
    } else {
        let body = write(&answers.snapshot);
        let tags = EntityTags::of_bytes(&body);
        once(request_headers, &ResponseHead { tags: &tags, media, cache: cache(app) }, || body)
    };
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding, accept-language"));
    response
}

/// An answer that nobody may keep.
pub(in crate::http) fn no_store(media: &'static str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn cache(app: &AppState) -> HeaderValue {
    if app.audience == Audience::Public { PUBLIC } else { PRIVATE }
}

/// What stands above a body.
struct ResponseHead<'a> {
    tags: &'a EntityTags,
    media: &'static str,
    cache: HeaderValue,
}

impl ResponseHead<'_> {
    /// `304` where the client has this version.
    fn unchanged(&self, request_headers: &HeaderMap, coding: ContentCoding) -> Option<Response> {
        let tag = self.tags.matching(request_headers, coding)?;
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        self.describe(response.headers_mut(), tag);
        Some(response)
    }

    /// `200` with `body`, which is in `coding`.
    fn with(&self, coding: ContentCoding, body: Body) -> Response {
        let mut response = Response::new(body);
        let headers = response.headers_mut();
        self.describe(headers, self.tags.of(coding));
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media));
        if let Some(name) = coding.name() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        response
    }

    fn describe(&self, headers: &mut HeaderMap, tag: &HeaderValue) {
        headers.reserve(16);
        headers.insert(header::ETAG, tag.clone());
        headers.insert(header::CACHE_CONTROL, self.cache.clone());
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
}
