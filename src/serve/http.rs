//! HTTP/1.1 for the preview. The only file that names axum.

use std::convert::Infallible;
use std::io;
use std::net::TcpListener;
use std::num::NonZero;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderName, HeaderValue, LOCATION,
    ORIGIN,
};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

use super::hosts::Hosts;
use super::route::{self, Question, Refusal, Route};
use super::shown::Shown;
use super::{Answer, reload};
use crate::delivery::{media_type, policy};

/// How long pages that are being drawn may take once the server is to end.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// How soon a browser asks again after the connection broke.
const RETRY: Duration = Duration::from_millis(500);

#[derive(Clone)]
struct Server {
    hosts: Hosts,
    shown: Arc<Shown>,
}

/// Serves until stopped.
pub(super) fn serve(listener: TcpListener, hosts: Hosts, shown: Arc<Shown>) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(cores.min(4))
        // Drawing a page keeps a core busy: more threads than that would only take turns.
        .max_blocking_threads(cores.max(2) * 2)
        .enable_io()
        .enable_time()
        .build()?;
    let ended = runtime.block_on(until_stopped(listener, Server { hosts, shown }));
    // Streams of events have no end of their own; a graceful one would wait for them forever.
    runtime.shutdown_timeout(LAST_WORDS);
    ended
}

async fn until_stopped(listener: TcpListener, server: Server) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let shown = Arc::clone(&server.shown);
    let mut stopped = shown.stopped();
    let interrupted = Arc::clone(&shown);
    tokio::spawn(async move {
        // Where signals cannot be had, the system ends the program as it ends others.
        if tokio::signal::ctrl_c().await.is_ok() {
            interrupted.stop();
        }
    });
    let router = Router::new().fallback(respond).with_state(server);
    let serving = tokio::spawn(axum::serve(listener, router).into_future());
    // The sender lives as long as `shown`, which is held here.
    let _ = stopped.wait_for(|stopped| *stopped).await;
    serving.abort();
    Ok(())
}

async fn respond(State(server): State<Server>, request: Request) -> Response {
    let (method, headers, uri) = (request.method(), request.headers(), request.uri());
    let head = method == Method::HEAD;
    let mut response = match route::route(server.hosts, &question(method, headers, uri)) {
        Route::Refused(refusal) => refused(refusal),
        Route::Events if head => ([(CONTENT_TYPE, "text/event-stream")]).into_response(),
        Route::Events => events(server.shown),
        Route::Script => plain(StatusCode::OK, media_type(route::SCRIPT), reload::SCRIPT_TEXT),
        Route::Page(path) => page(server.shown, path, uri.clone()).await,
    };
    guard(response.headers_mut());
    response
}

fn question<'a>(method: &Method, headers: &'a HeaderMap, uri: &'a Uri) -> Question<'a> {
    // A header that is not text is an unknown host or origin, and not an absent one.
    let text = |value: &'a HeaderValue| value.to_str().unwrap_or("");
    let named = headers.get_all(HOST).iter().map(text);
    let targeted = uri.authority().map(axum::http::uri::Authority::as_str);
    let mut hosts: Vec<&str> = named.chain(targeted).collect();
    hosts.dedup();
    Question {
        reads: method == Method::GET || method == Method::HEAD,
        hosts,
        origin: headers.get(ORIGIN).map(text),
        path: uri.path(),
    }
}

fn refused(refusal: Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
    let mut response = plain(status, "text/plain; charset=utf-8", refusal.text());
    if refusal == Refusal::Method {
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    response
}

fn plain(status: StatusCode, content_type: &'static str, text: &'static str) -> Response {
    (status, [(CONTENT_TYPE, content_type)], text).into_response()
}

/// The state that is shown, and each that follows, as long as the browser listens.
fn events(shown: Arc<Shown>) -> Response {
    let numbers = WatchStream::new(shown.numbers());
    let events = numbers.map(move |number| {
        Ok::<_, Infallible>(Event::default().event("state").data(shown.state(number)).retry(RETRY))
    });
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

/// A page is drawn on a thread that may block, and that may die without the server.
async fn page(shown: Arc<Shown>, path: String, sent: Uri) -> Response {
    let (portal, state) = shown.now();
    let drawn =
        tokio::task::spawn_blocking(move || route::page(&*portal, &path, sent.path(), sent.query())).await;
    let answer = drawn.unwrap_or_else(|_| broken());
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = reload::with_script(answer.content_type, answer.body, &state);
    let mut response = (status, [(CONTENT_TYPE, answer.content_type)], Body::from(body)).into_response();
    if let Some(location) = answer.location.and_then(|location| HeaderValue::try_from(location).ok()) {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

/// A page, so that it reloads once the fault is mended.
fn broken() -> Answer {
    let body = "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Error</title></head>\n\
        <body><h1>This page could not be drawn</h1><p>The terminal says why.</p></body>\n</html>\n";
    Answer { status: 500, ..Answer::found("text/html; charset=utf-8", body) }
}

/// The headers of every answer.
fn guard(headers: &mut HeaderMap) {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let policy = policy::policy_of(content_type);
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for (name, value) in policy::HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
}
