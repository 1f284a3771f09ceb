//! When the worker is asked, and what its answers still mean.
//!
//! One request is under way at a time. While it is, any number of changes make one request more, with whatever the
//! project is when the worker is free. A worker that is lost (over its deadline, or broken) takes its request with it:
//! the same question would only end the same way, so it is asked again by a change or by a person.

/// What the page knows about the worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Starting,
    Idle,
    Busy { id: u32 },
    Down,
}

/// The order of requests.
#[derive(Debug)]
pub(crate) struct Schedule {
    phase: Phase,
    wanted: bool,
    last_id: u32,
}

impl Schedule {
    /// A worker is starting, and nothing was asked yet.
    pub(crate) const fn new() -> Self {
        Self { phase: Phase::Starting, wanted: false, last_id: 0 }
    }

    /// Something changed. The number is that of a request to send now.
    pub(crate) fn want(&mut self) -> Option<u32> {
        self.wanted = true;
        self.next()
    }

    /// The worker can be asked.
    pub(crate) fn ready(&mut self) -> Option<u32> {
        if self.phase == Phase::Starting {
            self.phase = Phase::Idle;
        }
        self.next()
    }

    /// The worker answered request `id`. False for an answer that nobody waits for.
    pub(crate) fn answered(&mut self, id: u32) -> bool {
        let awaited = self.phase == Phase::Busy { id };
        if awaited {
            self.phase = Phase::Idle;
        }
        awaited
    }

    /// The next request to send, if the worker is free and something changed.
    pub(crate) fn next(&mut self) -> Option<u32> {
        if !self.wanted || self.phase != Phase::Idle {
            return None;
        }
        self.wanted = false;
        self.last_id = self.last_id.wrapping_add(1);
        self.phase = Phase::Busy { id: self.last_id };
        Some(self.last_id)
    }

    /// Whether request `id` is under way.
    pub(crate) fn awaits(&self, id: u32) -> bool {
        self.phase == Phase::Busy { id }
    }

    /// The request under way.
    pub(crate) fn under_way(&self) -> Option<u32> {
        if let Phase::Busy { id } = self.phase { Some(id) } else { None }
    }

    /// Whether a worker is starting that has not been heard of yet.
    pub(crate) fn is_starting(&self) -> bool {
        self.phase == Phase::Starting
    }

    /// The worker is lost and another one starts.
    pub(crate) fn restarted(&mut self) {
        self.phase = Phase::Starting;
    }

    /// No worker can be started.
    pub(crate) fn down(&mut self) {
        self.phase = Phase::Down;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wanted_before_the_worker_is_ready_is_sent_once_it_is() {
        let mut schedule = Schedule::new();
        assert_eq!([schedule.want(), schedule.want()], [None, None]);
        assert_eq!(schedule.ready(), Some(1));
        assert_eq!(schedule.ready(), None);
    }

    #[test]
    fn many_changes_while_one_request_is_under_way_make_one_more() {
        let mut schedule = Schedule::new();
        schedule.ready();
        assert_eq!(schedule.want(), Some(1));
        assert_eq!([schedule.want(), schedule.want(), schedule.want()], [None; 3]);
        assert!(schedule.answered(1));
        assert_eq!(schedule.next(), Some(2));
        assert!(schedule.answered(2));
        assert_eq!(schedule.next(), None);
    }

    #[test]
    fn a_lost_worker_takes_its_request_with_it_but_not_the_changes_since() {
        let mut schedule = Schedule::new();
        schedule.ready();
        schedule.want();
        schedule.restarted();
        assert_eq!(schedule.ready(), None);

        assert_eq!(schedule.want(), Some(2));
        schedule.want();
        schedule.restarted();
        assert_eq!(schedule.ready(), Some(3));
    }

    #[test]
    fn an_answer_of_a_lost_worker_means_nothing() {
        let mut schedule = Schedule::new();
        schedule.ready();
        schedule.want();
        assert!(schedule.awaits(1));
        schedule.restarted();
        assert!(!schedule.awaits(1) && !schedule.answered(1));
        schedule.ready();
        schedule.want();
        assert!(!schedule.answered(1));
        assert!(schedule.answered(2));
    }

    #[test]
    fn nothing_is_sent_while_no_worker_can_be_started() {
        let mut schedule = Schedule::new();
        schedule.down();
        assert_eq!(schedule.want(), None);
        schedule.restarted();
        assert_eq!(schedule.ready(), Some(1));
    }
}
