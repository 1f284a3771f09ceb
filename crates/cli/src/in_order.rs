//! Work on many inputs, on as many threads as the machine has, with the results in the order of the inputs.
//!
//! One thread reads ahead, so that a result is never kept back by an input that is still to come; what has been read and
//! not yet been written is bounded.

use std::collections::VecDeque;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// How much of inputs may be read and not yet be written, in bytes. An input that is longer is worked on by itself.
const BYTES: usize = 64 << 20;
/// How many bytes an input counts at least.
const LEAST: usize = 64 << 10;

/// Room for inputs.
#[derive(Clone, Debug, Default)]
struct Room(Arc<(Mutex<usize>, Condvar)>);

impl Room {
    /// Takes so much, once there is that much left, or all of it.
    fn take(&self, bytes: usize) {
        let (taken, freed) = &*self.0;
        let taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |taken: &mut usize| *taken > 0 && *taken + bytes > BYTES;
        *freed.wait_while(taken, full).unwrap_or_else(PoisonError::into_inner) += bytes;
    }

    fn give_back(&self, bytes: usize) {
        let (taken, freed) = &*self.0;
        let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
        *taken = taken.saturating_sub(bytes);
        freed.notify_all();
    }
}

/// What happens next.
enum Event<T, R> {
    /// An input came, which counts so many bytes.
    Came(T, usize),
    /// A result is there, of the input with this number.
    Done(usize, R),
    /// No more inputs come.
    Ended,
    /// Some work panicked, as that of the whole does then.
    Panicked,
}

/// Says so where work panics.
struct Panics<T, R>(Sender<Event<T, R>>);

impl<T, R> Drop for Panics<T, R> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            drop(self.0.send(Event::Panicked));
        }
    }
}

/// Works on each input on some thread, and hands the results over in order, each as soon as it is there.
///
/// `open` opens the inputs, on a thread of their own. That thread is not waited for where handing over fails: it may be
/// waiting for a pipe that nobody writes to.
///
/// # Errors
///
/// The first with which `take` fails; no more inputs are worked on then.
pub(crate) fn in_order<I, R, E>(
    open: impl FnOnce() -> I + Send + 'static,
    size: impl Fn(&I::Item) -> usize + Send + 'static,
    work: impl Fn(I::Item) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E>
where
    I: Iterator,
    I::Item: Send + 'static,
    R: Send + 'static,
{
    let room = Room::default();
    let (events, happens) = channel();
    read_ahead(open, size, room.clone(), events.clone());
    rayon::in_place_scope(|scope| {
        // Of the inputs that were not handed over: what each counts, and its result, if it is there.
        let mut waiting: VecDeque<(usize, Option<R>)> = VecDeque::new();
        let mut handed_over = 0;
        let mut ended = false;
        while !(ended && waiting.is_empty()) {
            match happens.recv() {
                Err(_) | Ok(Event::Panicked) => break,
                Ok(Event::Ended) => ended = true,
                Ok(Event::Came(input, bytes)) => {
                    let number = handed_over + waiting.len();
                    waiting.push_back((bytes, None));
                    let (work, events) = (&work, Panics(events.clone()));
                    scope.spawn(move |_| drop(events.0.send(Event::Done(number, work(input)))));
                }
                Ok(Event::Done(number, result)) => {
                    if let Some((_, waits)) = waiting.get_mut(number - handed_over) {
                        *waits = Some(result);
                    }
                    while let Some((bytes, Some(_))) = waiting.front() {
                        room.give_back(*bytes);
                        handed_over += 1;
                        if let Some((_, Some(result))) = waiting.pop_front() {
                            take(result)?;
                        }
                    }
                }
            }
        }
        Ok(())
    })
}

fn read_ahead<I, R>(
    open: impl FnOnce() -> I + Send + 'static,
    size: impl Fn(&I::Item) -> usize + Send + 'static,
    room: Room,
    events: Sender<Event<I::Item, R>>,
) where
    I: Iterator,
    I::Item: Send + 'static,
    R: Send + 'static,
{
    std::thread::spawn(move || {
        for input in open() {
            let bytes = size(&input).max(LEAST);
            room.take(bytes);
            if events.send(Event::Came(input, bytes)).is_err() {
                return;
            }
        }
        drop(events.send(Event::Ended));
    });
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_inputs() {
        let mut results = Vec::new();
        let work = |input: u64| {
            // Those that come first take longest.
            std::thread::sleep(Duration::from_micros(500 - input));
            input
        };
        let taken = in_order(
            || 0..500,
            |_| BYTES / 4,
            work,
            |result| {
                results.push(result);
                Ok::<(), ()>(())
            },
        );
        assert_eq!(taken, Ok(()));
        assert!(results.iter().copied().eq(0..500));
    }

    #[test]
    fn a_result_does_not_wait_for_the_next_input() {
        let (write, read) = channel();
        write.send(1).unwrap();
        let mut results = Vec::new();
        let mut write = Some(write);
        let taken = in_order(
            || read.into_iter(),
            |_| 0,
            |input: i32| input,
            |result| {
                results.push(result);
                // Only now does the next come, and then none.
                match write.take() {
                    Some(write) if result < 3 => {
                        write.send(result + 1).unwrap();
                        if result < 2 {
                            return Ok(());
                        }
                    }
                    _ => {}
                }
                Ok::<(), ()>(())
            },
        );
        assert_eq!((taken, results), (Ok(()), vec![1, 2]));
    }

    #[test]
    fn where_handing_over_fails_the_inputs_are_not_waited_for() {
        // It is never written to, and never closed.
        let (write, read) = channel();
        write.send(()).unwrap();
        let taken = in_order(|| read.into_iter(), |()| 0, |()| (), |()| Err("no"));
        assert_eq!(taken, Err("no"));
        drop(write);
    }

    #[test]
    #[should_panic(expected = "attempt to divide by zero")]
    fn work_that_panics_ends_the_whole() {
        let (write, read) = channel();
        write.send(0).unwrap();
        let work = |input: i32| 1 / input;
        assert_eq!(in_order(|| read.into_iter(), |_| 0, work, |_| Ok::<(), ()>(())), Ok(()));
        drop(write);
    }

    #[test]
    fn only_so_much_is_read_ahead() {
        let (came, read) = (Arc::new(Mutex::new(0)), Arc::new(Mutex::new(0)));
        let most = Arc::new(Mutex::new(0));
        let inputs = {
            let (came, read, most) = (came, Arc::clone(&read), Arc::clone(&most));
            move || {
                (0..64).inspect(move |_| {
                    let mut came = came.lock().unwrap();
                    *came += 1;
                    let mut most = most.lock().unwrap();
                    *most = (*most).max(*came - *read.lock().unwrap());
                })
            }
        };
        let taken = in_order(
            inputs,
            |_| BYTES / 4,
            |_| (),
            |()| {
                std::thread::sleep(Duration::from_millis(1));
                *read.lock().unwrap() += 1;
                Ok::<(), ()>(())
            },
        );
        assert_eq!(taken, Ok(()));
        // Four, one that is being handed over, and one that waits for room.
        assert!(*most.lock().unwrap() <= 6);
    }
}
