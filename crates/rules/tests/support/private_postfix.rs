//! A Postfix of the test's own: on loopback, in a temporary folder, with one smtpd and one cleanup for each rule set.
//! Nothing of the system's own configuration is touched.

use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use super::rule_set::RuleSet;
use super::system::{id, run, text};

/// The name that this Postfix goes by.
pub const MY_HOSTNAME: &str = "mx.example.net";

pub struct PrivatePostfix {
    folder: PathBuf,
    ports: Vec<u16>,
    /// `3.7.11`
    pub version: String,
}

/// Why there can be no private Postfix here.
pub struct Missing(pub String);

impl PrivatePostfix {
    /// Starts one whose service `index` checks messages with the rule set `index`.
    pub fn start(rule_sets: &[RuleSet]) -> Result<Self, Missing> {
        Self::start_with(rule_sets, "")
    }

    /// The same, with more lines of main.cf.
    pub fn start_with(rule_sets: &[RuleSet], main_cf: &str) -> Result<Self, Missing> {
        let Some(version) = run("postconf", &["-h", "mail_version"]).filter(|output| output.status.success()) else {
            return Err(Missing("there is no Postfix".to_owned()));
        };
        let version = text(&version);
        let (Some(user), Some(group)) = (id("/etc/passwd", "postfix"), id("/etc/group", "postfix")) else {
            return Err(Missing("there is no user postfix".to_owned()));
        };
        let folder = std::env::temp_dir().join(format!("private-postfix-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        for part in ["etc", "queue", "data", "mail", "log"] {
            fs::create_dir_all(folder.join(part)).expect("a temporary folder");
        }
        for part in ["data", "mail"] {
            if chown(folder.join(part), Some(user), Some(group)).is_err() {
                let _ = fs::remove_dir_all(&folder);
                return Err(Missing("only root can run a private Postfix".to_owned()));
            }
        }
        // Bound at once, so that they differ; freed for the servers.
        let listeners: Vec<_> = rule_sets.iter().map(|_| TcpListener::bind("127.0.0.1:0").expect("a port")).collect();
        let ports = listeners.iter().map(|listener| listener.local_addr().expect("its address").port()).collect();
        drop(listeners);
        let postfix = Self { folder, ports, version };
        postfix.write_main_cf(user, group, main_cf);
        postfix.write_master_cf(rule_sets);
        let started = run("postfix", &["-c", &postfix.path("etc"), "start"]).expect("postfix");
        assert!(started.status.success(), "postfix start: {}", String::from_utf8_lossy(&started.stderr));
        for index in 0..rule_sets.len() {
            let up = (0..100).any(|_| {
                sleep(Duration::from_millis(50));
                TcpStream::connect(postfix.address(index)).is_ok()
            });
            assert!(up, "smtpd does not answer; the log says:\n{}", String::from_utf8_lossy(&postfix.log()));
        }
        Ok(postfix)
    }

    fn path(&self, part: &str) -> String {
        self.folder.join(part).display().to_string()
    }

    fn write_main_cf(&self, user: u32, group: u32, more: &str) {
        let daemons = run("postconf", &["-h", "daemon_directory"]).map(|output| text(&output)).unwrap_or_default();
        let commands = run("postconf", &["-h", "command_directory"]).map(|output| text(&output)).unwrap_or_default();
        let (queue, data, mail, log) = (self.path("queue"), self.path("data"), self.path("mail"), self.path("log"));
        let root = self.folder.display();
        fs::write(
            self.folder.join("etc/main.cf"),
            format!(
                "compatibility_level = 3.6\nqueue_directory = {queue}\ndata_directory = {data}\n\
                 daemon_directory = {daemons}\ncommand_directory = {commands}\n\
                 myhostname = {MY_HOSTNAME}\nmydestination =\nlocal_recipient_maps =\nalias_maps =\n\
                 inet_interfaces = 127.0.0.1\ninet_protocols = ipv4\nmynetworks = 127.0.0.0/8\n\
                 smtpd_authorized_xclient_hosts = 127.0.0.0/8\nlocal_header_rewrite_clients =\n\
                 smtpd_relay_restrictions = reject_unauth_destination\nsmtpd_recipient_restrictions =\n\
                 virtual_mailbox_domains = example.net\nvirtual_mailbox_base = {mail}\n\
                 virtual_mailbox_maps = static:box/\nvirtual_uid_maps = static:{user}\n\
                 virtual_gid_maps = static:{group}\nvirtual_minimum_uid = 1\nvirtual_mailbox_limit = 0\n\
                 message_size_limit = 0\ndefault_transport = discard\nsmtpd_error_sleep_time = 0\n\
                 smtpd_soft_error_limit = 100000\nsmtpd_hard_error_limit = 1000000\n\
                 smtpd_client_connection_rate_limit = 0\nnotify_classes =\n\
                 maillog_file = {log}/maillog\nmaillog_file_prefixes = {root}\n{more}\n"
            ),
        )
        .expect("main.cf");
    }

    fn write_master_cf(&self, rule_sets: &[RuleSet]) {
        let mut services = String::from(
            "pickup unix n - n 60 1 pickup\nqmgr unix n - n 300 1 qmgr\ntlsmgr unix - - n 1000? 1 tlsmgr\n\
             cleanup unix n - n - 0 cleanup\nrewrite unix - - n - - trivial-rewrite\nbounce unix - - n - 0 bounce\n\
             defer unix - - n - 0 bounce\ntrace unix - - n - 0 bounce\nverify unix - - n - 1 verify\n\
             flush unix n - n 1000? 0 flush\nproxymap unix - - n - - proxymap\nproxywrite unix - - n - 1 proxymap\n\
             error unix - - n - - error\nretry unix - - n - - error\ndiscard unix - - n - - discard\n\
             virtual unix - n n - - virtual\nanvil unix - - n - 1 anvil\nscache unix - - n - 1 scache\n\
             smtp unix - - n - 1 smtp\npostlog unix-dgram n - n - 1 postlogd\n",
        );
        for (index, (set, port)) in rule_sets.iter().zip(&self.ports).enumerate() {
            let own: String = set.parameters().map(|parameter| format!(" -o {parameter}")).collect();
            services += &format!(
                "127.0.0.1:{port} inet n - n - - smtpd -o cleanup_service_name=cleanup{index} -o syslog_name=set{index}\
                 {own}\ncleanup{index} unix n - n - 0 cleanup -o syslog_name=set{index}{own}"
            );
            for (parameter, source) in set.files() {
                let file = self.folder.join(format!("etc/{parameter}{index}"));
                fs::write(&file, source).expect("a table");
                services += &format!(" -o {parameter}=regexp:{}", file.display());
            }
            services.push('\n');
        }
        fs::write(self.folder.join("etc/master.cf"), services).expect("master.cf");
    }

    /// Where the smtpd of a rule set listens.
    pub fn address(&self, index: usize) -> SocketAddr {
        ([127, 0, 0, 1], self.ports[index]).into()
    }

    /// All that was logged so far.
    pub fn log(&self) -> Vec<u8> {
        fs::read(self.folder.join("log/maillog")).unwrap_or_default()
    }

    /// The messages delivered so far, which are thereby taken away.
    pub fn take_delivered(&self) -> Vec<Vec<u8>> {
        let Ok(folder) = fs::read_dir(self.folder.join("mail/box/new")) else { return Vec::new() };
        let paths: Vec<PathBuf> = folder.flatten().map(|entry| entry.path()).collect();
        paths.iter().map(|path| take(path)).collect()
    }

    /// A queued message's headers and body.
    pub fn queued(&self, queue_id: &str) -> Vec<u8> {
        run("postcat", &["-c", &self.path("etc"), "-bhq", queue_id]).map(|output| output.stdout).unwrap_or_default()
    }
}

fn take(path: &Path) -> Vec<u8> {
    let message = fs::read(path).expect("a delivered message");
    fs::remove_file(path).expect("a delivered message goes");
    message
}

impl Drop for PrivatePostfix {
    fn drop(&mut self) {
        let _ = run("postfix", &["-c", &self.path("etc"), "stop"]);
        let _ = fs::remove_dir_all(&self.folder);
    }
}
