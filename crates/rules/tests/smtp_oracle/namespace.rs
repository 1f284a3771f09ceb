//! A mount namespace in which /etc/resolv.conf names a DNS server of the test's own, and nobody else sees that.

use std::io::Write as _;
use std::net::Ipv4Addr;
use std::process::Command;

/// Says, in a program that runs in the namespace, where its DNS server is to be.
const VARIABLE: &str = "POSTPROOF_TEST_DNS";

/// The address of the DNS server, if this program runs in the namespace.
pub fn inside() -> Option<Ipv4Addr> {
    std::env::var(VARIABLE).ok()?.parse().ok()
}

/// Runs this program again, in the namespace, with these arguments. None where there can be no namespace.
pub fn again(arguments: &[String]) -> Option<std::process::ExitStatus> {
    let [high, low] = u16::try_from(std::process::id() % 65_000).unwrap_or(7).to_be_bytes();
    let address = Ipv4Addr::new(127, 77, high, low.max(1));
    let folder = std::env::temp_dir().join(format!("test-dns-{}", std::process::id()));
    std::fs::create_dir_all(&folder).ok()?;
    let file = folder.join("resolv.conf");
    std::fs::write(&file, format!("nameserver {address}\noptions timeout:2 attempts:1\n")).ok()?;
    let works = Command::new("unshare")
        .args(["--mount", "sh", "-c", "mount --bind \"$0\" /etc/resolv.conf"])
        .arg(&file)
        .status()
        .is_ok_and(|status| status.success());
    let status = works.then(|| {
        Command::new("unshare")
            .args(["--mount", "sh", "-c", "mount --bind \"$0\" /etc/resolv.conf && shift 0 && exec \"$@\""])
            .arg(&file)
            .arg(std::env::current_exe().expect("this program"))
            .args(arguments)
            .env(VARIABLE, address.to_string())
            .status()
            .expect("this program runs")
    });
    let _ = std::fs::remove_dir_all(&folder);
    status
}

/// The release of Postfix to compare with, for a test that runs in the namespace: everywhere else the test is run again in
/// there, or says that it is skipped, under the name of its file.
///
/// # Panics
///
/// Where the test fails in the namespace.
#[allow(dead_code, reason = "the program that draws many sessions goes there by itself")]
pub fn enter(file: &str, test: &str) -> Option<String> {
    // Past the test harness, which keeps what passing tests print to itself.
    let skipped = |why: &str| writeln!(std::io::stdout(), "skipped: {file}, since {why}").expect("standard output");
    let Some(version) = super::postfix::installed() else {
        skipped("there is no Postfix that this user can run");
        return None;
    };
    if inside().is_some() {
        return Some(version);
    }
    match again(&[test, "--exact", "--nocapture"].map(str::to_owned)) {
        Some(status) => assert!(status.success(), "{test}: the answers differ"),
        None => skipped("there can be no mount namespace"),
    }
    None
}
