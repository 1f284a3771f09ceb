//! The site on this machine, as a good static host would serve it.

use crate::build::{ASSETS, shell};
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use axum::Router;
use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, Response};
use axum::middleware::{Next, from_fn};
use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::process::Command;
use tower_http::services::ServeDir;

/// Where the page is served unless the caller says otherwise.
pub(crate) const DEFAULT_PORT: u16 = 8025;

/// How many ports are tried.
const PORTS: u16 = 100;

/// Serves dist/ on 127.0.0.1 until this program is ended.
pub(crate) fn dist(workspace: &Workspace, port: u16, open: bool) -> Result<()> {
    let folder = workspace.dist();
    let Ok(html) = fs::read_to_string(folder.join("index.html")) else {
        bail!("dist/ holds no site; build it with: cargo xtask build");
    };
    let listener = listen(port)?;
    listener.set_nonblocking(true)?;
    let address = format!("http://{}/", listener.local_addr()?);
    let router = router(&folder, policy(&html)?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        println!("Postproof: {address}");
        if open {
            browse(&address);
        }
        axum::serve(listener, router).await.context("the server")
    })
}

/// The port, or the next one that is free.
pub(crate) fn listen(port: u16) -> Result<TcpListener> {
    let mut last = None;
    for candidate in (port..=u16::MAX).take(PORTS.into()) {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, candidate)) {
            Ok(listener) => return Ok(listener),
            Err(error) => last = Some(error),
        }
    }
    match last {
        Some(error) => Err(error).with_context(|| format!("no free port on 127.0.0.1 from {port}")),
        None => bail!("no port from {port}"),
    }
}

/// The page's policy as a header: scripts of workers obey only that. What a meta tag can't say is added.
fn policy(html: &str) -> Result<HeaderValue> {
    let of_page = shell::content_security_policy(html).context("index.html states no Content-Security-Policy")?;
    let of_page = of_page.split_whitespace().collect::<Vec<_>>().join(" ");
    let policy = format!("{}; frame-ancestors 'none'", of_page.trim_end_matches([';', ' ']));
    HeaderValue::from_str(&policy).context("index.html's Content-Security-Policy")
}

fn router(folder: &std::path::Path, policy: HeaderValue) -> Router {
    let files = ServeDir::new(folder).redirect_to_trailing_slash(false).precompressed_br().precompressed_gzip();
    let headers = from_fn(move |request: Request, next: Next| {
        let policy = policy.clone();
        async move {
            let hashed = request.uri().path().strip_prefix('/').is_some_and(|path| path.starts_with(ASSETS));
            let mut response = next.run(request).await;
            secure(&mut response, policy, hashed);
            response
        }
    });
    Router::new().fallback_service(files).layer(headers)
}

fn secure<B>(response: &mut Response<B>, policy: HeaderValue, hashed: bool) {
    // A name that holds the hash of its bytes never means others; all else is asked for again.
    let cache =
        if hashed && response.status().is_success() { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    for name in ["cross-origin-opener-policy", "cross-origin-resource-policy"] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static("same-origin"));
    }
    let text = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .filter(|kind| ["text/plain", "text/html", "text/css", "text/javascript"].contains(kind));
    if let Some(text) = text
        && let Ok(text) = HeaderValue::from_str(&format!("{text}; charset=utf-8"))
    {
        headers.insert(CONTENT_TYPE, text);
    }
}

/// Opens the address in the user's browser. Its absence is no reason to stop serving.
fn browse(address: &str) {
    let mut opener = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        let mut cmd = Command::new("cmd");
        cmd.args(["/C", "start", ""]);
        cmd
    } else {
        Command::new("xdg-open")
    };
    if let Err(error) = opener.arg(address).spawn() {
        eprintln!("{} can't be started: {error}; open the address by hand", opener.get_program().to_string_lossy());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_gives_way_to_the_next_free_one() {
        let taken = listen(20_000).unwrap();
        let port = taken.local_addr().unwrap().port();
        let next = listen(port).unwrap();
        assert!(next.local_addr().unwrap().port() > port);
    }

    /// A site, served by a thread for as long as the test runs, and what it answers.
    fn served(name: &str) -> (std::net::SocketAddr, std::path::PathBuf) {
        let outside = std::env::temp_dir().join(format!("postproof-{name}-{}", std::process::id()));
        let folder = outside.join("dist");
        fs::create_dir_all(folder.join(ASSETS)).unwrap();
        fs::write(outside.join("secret.txt"), "secret").unwrap();
        fs::write(folder.join("index.html"), "<p>").unwrap();
        fs::write(folder.join("assets/x.wasm"), "plain").unwrap();
        fs::write(folder.join("assets/x.wasm.br"), "small").unwrap();
        let listener = listen(21_000).unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let router = router(&folder, HeaderValue::from_static("default-src 'none'"));
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().unwrap();
            runtime.block_on(async {
                axum::serve(tokio::net::TcpListener::from_std(listener).unwrap(), router).await.unwrap();
            });
        });
        (address, outside)
    }

    fn ask(address: std::net::SocketAddr, path: &str, headers: &str) -> String {
        use std::io::{Read, Write};
        let mut stream = std::net::TcpStream::connect(address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn the_site_is_served_with_strict_headers_and_nothing_outside_it() {
        let (address, outside) = served("serve");
        let page = ask(address, "/", "");
        for line in [
            "HTTP/1.1 200 OK",
            "content-type: text/html; charset=utf-8",
            "cache-control: no-cache",
            "content-security-policy: default-src 'none'",
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
        ] {
            assert!(page.lines().any(|other| other == line), "{line} is not in {page}");
        }
        let plain = ask(address, "/assets/x.wasm", "");
        assert!(plain.contains("content-type: application/wasm\r\n") && plain.ends_with("plain"), "{plain}");
        assert!(plain.contains("immutable"), "{plain}");
        let small = ask(address, "/assets/x.wasm", "Accept-Encoding: br\r\n");
        assert!(small.contains("content-type: application/wasm\r\n") && small.ends_with("small"), "{small}");
        for path in
            ["/../secret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt", "/..%5csecret.txt", "/none"]
        {
            let answer = ask(address, path, "");
            assert!(answer.starts_with("HTTP/1.1 404") && !answer.ends_with("secret"), "{path}: {answer}");
            assert!(!answer.contains("immutable"), "{path}: {answer}");
        }
        fs::remove_dir_all(outside).unwrap();
    }

    #[test]
    fn the_header_says_what_the_page_says_and_more() {
        let html = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';\n  img-src 'self'\">";
        assert_eq!(policy(html).unwrap(), "default-src 'none'; img-src 'self'; frame-ancestors 'none'");
        assert!(policy("<p>").is_err());
    }
}
