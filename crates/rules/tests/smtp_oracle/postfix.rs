//! A Postfix of the test's own, with one smtpd(8) for each configuration of a group.

use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::chown;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::Duration;

use super::case::{Config, Group, TABLES};
use super::system::{id, run, text};

pub struct Postfix {
    folder: PathBuf,
    ports: Vec<u16>,
}

/// The release of the Postfix that is installed; none where none is, or where this user cannot run one.
pub fn installed() -> Option<String> {
    let version = text(&run("postconf", &["-h", "mail_version"]).filter(|output| output.status.success())?);
    id("/etc/passwd", "postfix")?;
    let root = run("id", &["-u"]).is_some_and(|output| text(&output) == "0");
    root.then_some(version)
}

/// Tells smtpd(8) that people can log in, which is all that it needs to know for XCLIENT to say who did. Speaks as much of
/// Dovecot's protocol as that takes.
fn login_server(path: &str) {
    use std::io::{Read as _, Write as _};
    let listener = std::os::unix::net::UnixListener::bind(path).expect("a socket");
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o777)).expect("its owner");
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            std::thread::spawn(move || {
                let _ = stream.write_all(
                    b"VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nSPID\t1\nCUID\t1\nCOOKIE\t0123456789abcdef\nDONE\n",
                );
                let _ = stream.read_to_end(&mut Vec::new());
            });
        }
    });
}

impl Postfix {
    /// Starts it. `number` tells several of one program apart; `policies` gives the ports of policy servers.
    pub fn start(group: &Group, number: usize, policies: &[(String, u16)]) -> Self {
        let user = id("/etc/passwd", "postfix").expect("a user postfix");
        let folder = std::env::temp_dir().join(format!("smtp-postfix-{}-{number}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        for part in ["etc", "queue", "data", "log", "tables"] {
            fs::create_dir_all(folder.join(part)).expect("a temporary folder");
        }
        chown(folder.join("data"), Some(user), id("/etc/group", "postfix")).expect("root");
        for (name, content) in &group.tables {
            fs::write(folder.join("tables").join(name), content).expect("a table");
        }
        let listeners: Vec<_> =
            group.configs.iter().map(|_| TcpListener::bind("127.0.0.1:0").expect("a port")).collect();
        let ports = listeners.iter().map(|listener| listener.local_addr().expect("its address").port()).collect();
        drop(listeners);
        let postfix = Self { folder, ports };
        login_server(&postfix.path("auth"));
        postfix.write(group, policies);
        let started = run("postfix", &["-c", &postfix.path("etc"), "start"]).expect("postfix");
        assert!(started.status.success(), "postfix start: {}", String::from_utf8_lossy(&started.stderr));
        let first = postfix.address(0);
        let up = (0..100).any(|_| {
            sleep(Duration::from_millis(50));
            TcpStream::connect(first).is_ok()
        });
        assert!(up, "smtpd does not answer; the log says:\n{}", postfix.log());
        postfix
    }

    fn path(&self, part: &str) -> String {
        self.folder.join(part).display().to_string()
    }

    /// A text of the configuration with the names of this machine.
    fn here(&self, text: &str, policies: &[(String, u16)]) -> String {
        let mut text = text.replace(TABLES, &self.path("tables"));
        for (name, port) in policies {
            text = text.replace(name.as_str(), &format!("inet:127.0.0.1:{port}"));
        }
        text
    }

    fn write(&self, group: &Group, policies: &[(String, u16)]) {
        let of = |name: &str| run("postconf", &["-h", name]).map(|output| text(&output)).unwrap_or_default();
        let root = self.folder.display();
        let main_cf = self.here(&group.main_cf, policies)
            + &format!(
                "queue_directory = {root}/queue\ndata_directory = {root}/data\ndaemon_directory = {}\n\
                 command_directory = {}\n\
                 smtpd_authorized_xclient_hosts = 127.0.0.0/8\nlocal_header_rewrite_clients =\n\
                 local_transport = discard:\nvirtual_transport = discard:\nrelay_transport = discard:\n\
                 default_transport = discard:\nsmtpd_error_sleep_time = 0\nnotify_classes =\n\
                 smtpd_client_connection_count_limit = 0\nsmtpd_sasl_type = dovecot\nsmtpd_sasl_path = {root}/auth\n\
                 maillog_file = {root}/log/maillog\nmaillog_file_prefixes = {root}\n",
                of("daemon_directory"),
                of("command_directory"),
            );
        fs::write(self.folder.join("etc/main.cf"), main_cf).expect("main.cf");
        let mut services = String::from(
            "pickup unix n - n 60 1 pickup\nqmgr unix n - n 300 1 qmgr\ntlsmgr unix - - n 1000? 1 tlsmgr\n\
             cleanup unix n - n - 0 cleanup\nrewrite unix - - n - - trivial-rewrite\nbounce unix - - n - 0 bounce\n\
             defer unix - - n - 0 bounce\ntrace unix - - n - 0 bounce\nverify unix - - n - 1 verify\n\
             flush unix n - n 1000? 0 flush\nproxymap unix - - n - - proxymap\nproxywrite unix - - n - 1 proxymap\n\
             error unix - - n - - error\nretry unix - - n - - error\ndiscard unix - - n - - discard\n\
             anvil unix - - n - 1 anvil\nscache unix - - n - 1 scache\npostlog unix-dgram n - n - 1 postlogd\n",
        );
        for (index, (config, port)) in group.configs.iter().zip(&self.ports).enumerate() {
            services += &format!("127.0.0.1:{port} inet n - n - - smtpd -o syslog_name=config{index}");
            services += &format!(" -o smtpd_policy_service_policy_context={index}");
            for (name, value) in &config.parameters {
                services += &format!(" -o {{ {name} = {} }}", self.here(value, policies));
            }
            services.push('\n');
        }
        fs::write(self.folder.join("etc/master.cf"), services).expect("master.cf");
    }

    /// Where the smtpd(8) of a configuration listens.
    pub fn address(&self, index: usize) -> SocketAddr {
        ([127, 0, 0, 1], self.ports[index]).into()
    }

    /// All that was logged so far.
    pub fn log(&self) -> String {
        String::from_utf8_lossy(&fs::read(self.folder.join("log/maillog")).unwrap_or_default()).into_owned()
    }

    /// What smtpd(8) itself would be given, for a person who looks into a difference.
    pub fn shown(config: &Config) -> String {
        config.parameters.iter().map(|(name, value)| format!("    {name} = {value}\n")).collect()
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        let _ = run("postfix", &["-c", &self.path("etc"), "stop"]);
        let _ = fs::remove_dir_all(&self.folder);
    }
}
