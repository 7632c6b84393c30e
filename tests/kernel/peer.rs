//! The two ends of a connection: this same program, started again inside a network namespace.
//!
//! A server answers each connection with its name and the address it saw the client at, so that the client can tell who
//! answered and how its own address was rewritten on the way.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::str::FromStr;
use std::thread;
use std::time::Duration;

use kubehop_engine::names::Protocol;

/// How long a client listens to silence that may come: less than the second after which TCP would send its first packet
/// again.
const SILENCE: Duration = Duration::from_millis(700);
/// The same by IPv6. On one machine an ICMPv6 error is there before `connect` has let go of the socket, and counts only
/// when it comes a second time (`tcp_v6_err`).
const SILENCE_V6: Duration = Duration::from_millis(2500);
/// How long it waits for an answer that must come. A busy machine is late, and late is not silent.
const ANSWER: Duration = Duration::from_secs(20);

/// What a server prints once it listens everywhere.
pub(crate) const READY: &str = "ready";

/// An address, port and protocol: `tcp/10.244.1.5:8080`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Socket {
    pub(crate) protocol: Protocol,
    pub(crate) address: SocketAddr,
}

impl std::fmt::Display for Socket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.protocol.lower(), self.address)
    }
}

impl FromStr for Socket {
    type Err = String;

    fn from_str(text: &str) -> Result<Socket, String> {
        let (protocol, address) = text.split_once('/').ok_or("no protocol")?;
        let protocol = protocol
            .parse()
            .map_err(|_| format!("no protocol: {protocol}"))?;
        Ok(Socket {
            protocol,
            address: address
                .parse()
                .map_err(|_| format!("no address: {address}"))?,
        })
    }
}

/// What a client is to do: some connections to a socket, one after another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) connections: usize,
    pub(crate) to: Socket,
    pub(crate) wait: Wait,
    pub(crate) turn: Turn,
}

/// What a client may have to listen to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wait {
    /// Only answers and refusals are expected.
    Answer,
    /// Silence is among what is expected.
    Silence,
}

/// When a client's order is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// At once.
    AtOnce,
    /// After the orders before it: nodes remember each connection, and of two first ones at once each would choose.
    InTurn,
}

impl Order {
    fn patience(&self) -> Duration {
        match self.wait {
            Wait::Answer => ANSWER,
            Wait::Silence if self.to.address.is_ipv4() => SILENCE,
            Wait::Silence => SILENCE_V6,
        }
    }
}

impl std::fmt::Display for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let wait = match self.wait {
            Wait::Answer => "answer",
            Wait::Silence => "silence",
        };
        let turn = match self.turn {
            Turn::AtOnce => "at-once",
            Turn::InTurn => "in-turn",
        };
        write!(f, "{} {wait} {turn} {}", self.connections, self.to)
    }
}

impl FromStr for Order {
    type Err = String;

    fn from_str(text: &str) -> Result<Order, String> {
        let wrong = || format!("no order: {text}");
        let [count, wait, turn, to] = text
            .split(' ')
            .collect::<Vec<_>>()
            .try_into()
            .map_err(|_| wrong())?;
        let wait = match wait {
            "answer" => Wait::Answer,
            "silence" => Wait::Silence,
            _ => return Err(wrong()),
        };
        let turn = match turn {
            "at-once" => Turn::AtOnce,
            "in-turn" => Turn::InTurn,
            _ => return Err(wrong()),
        };
        Ok(Order {
            connections: count.parse().map_err(|_| wrong())?,
            to: to.parse()?,
            wait,
            turn,
        })
    }
}

/// What a client saw of one connection.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Seen {
    /// Somebody answered.
    Answered {
        /// The server's name.
        by: String,
        /// The address it listens at.
        at: SocketAddr,
        /// The client's address as the server saw it.
        source: SocketAddr,
        /// The client's address at the client itself.
        local: SocketAddr,
    },
    /// The kernel refused: no process listens.
    Refused,
    /// Nothing came back.
    Silence,
    /// Anything else.
    Other(String),
}

/// Answers on the sockets until standard input ends, which it does when whoever started the server is gone.
pub(crate) fn serve(name: &str, sockets: &[String]) -> Result<(), String> {
    for text in sockets {
        let socket: Socket = text.parse()?;
        let failed = |error: io::Error| format!("{name} cannot listen on {text}: {error}");
        let name = name.to_owned();
        match socket.protocol {
            Protocol::Tcp => {
                let listener = TcpListener::bind(socket.address).map_err(failed)?;
                thread::spawn(move || answer_tcp(&name, &listener));
            }
            Protocol::Udp => {
                let server = UdpSocket::bind(socket.address).map_err(failed)?;
                thread::spawn(move || answer_udp(&name, &server));
            }
            // The standard library cannot speak it.
            Protocol::Sctp => {}
        }
    }
    println!("{READY}");
    io::stdin()
        .read_to_end(&mut Vec::new())
        .map(drop)
        .map_err(|error| error.to_string())
}

fn answer_tcp(name: &str, listener: &TcpListener) {
    for mut stream in listener.incoming().flatten() {
        if let (Ok(source), Ok(own)) = (stream.peer_addr(), stream.local_addr()) {
            // A client that is gone already misses nothing.
            let _ = writeln!(stream, "{name} {own} {source}");
        }
    }
}

fn answer_udp(name: &str, server: &UdpSocket) {
    let mut buffer = [0; 16];
    while let Ok((_, source)) = server.recv_from(&mut buffer) {
        if let Ok(own) = server.local_addr() {
            let _ = server.send_to(format!("{name} {own} {source}").as_bytes(), source);
        }
    }
}

/// Reads orders from standard input, one a line, and prints of each connection its line's number and what was seen.
pub(crate) fn call() -> Result<(), String> {
    let text = io::read_to_string(io::stdin()).map_err(|error| error.to_string())?;
    let orders: Vec<Order> = text.lines().map(str::parse).collect::<Result<_, _>>()?;
    thread::scope(|scope| {
        let mut in_turn = Vec::new();
        for (number, order) in orders.iter().enumerate() {
            match order.turn {
                Turn::AtOnce => drop(scope.spawn(move || carry_out(number, order))),
                Turn::InTurn => in_turn.push((number, order)),
            }
        }
        for (number, order) in in_turn {
            carry_out(number, order);
        }
    });
    Ok(())
}

/// Makes the connections of an order. One silence where none is expected tells enough.
fn carry_out(number: usize, order: &Order) {
    for _ in 0..order.connections {
        let seen = once(order);
        println!("{number} {seen}");
        if seen == Seen::Silence && order.wait == Wait::Answer {
            return;
        }
    }
}

/// One connection.
fn once(order: &Order) -> Seen {
    let (to, patience) = (order.to.address, order.patience());
    let said = match order.to.protocol {
        Protocol::Tcp => call_tcp(to, patience),
        Protocol::Udp => call_udp(to, patience),
        Protocol::Sctp => Err(ErrorKind::Unsupported.into()),
    };
    match said {
        Ok((local, answer)) => answered(local, &answer)
            .unwrap_or_else(|| Seen::Other(format!("no server's answer: {answer:?}"))),
        Err(error) => match error.kind() {
            ErrorKind::ConnectionRefused => Seen::Refused,
            ErrorKind::TimedOut | ErrorKind::WouldBlock => Seen::Silence,
            _ => Seen::Other(error.to_string()),
        },
    }
}

fn call_tcp(to: SocketAddr, patience: Duration) -> io::Result<(SocketAddr, String)> {
    let mut stream = TcpStream::connect_timeout(&to, patience)?;
    // Who lets a client in answers it, however late.
    stream.set_read_timeout(Some(ANSWER))?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok((stream.local_addr()?, answer))
}

fn call_udp(to: SocketAddr, patience: Duration) -> io::Result<(SocketAddr, String)> {
    let any = if to.is_ipv4() { "0.0.0.0:0" } else { "[::]:0" };
    let socket = UdpSocket::bind(any)?;
    socket.connect(to)?;
    socket.set_read_timeout(Some(patience))?;
    match socket.send(b"who?") {
        // A node's own rules tell its processes at once that they may not; whether that is a refusal or silence to
        // anybody else shows in whether an ICMP error follows.
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {}
        sent => drop(sent?),
    }
    let mut buffer = [0; 512];
    let length = socket.recv(&mut buffer)?;
    Ok((
        socket.local_addr()?,
        String::from_utf8_lossy(&buffer[..length]).into_owned(),
    ))
}

fn answered(local: SocketAddr, answer: &str) -> Option<Seen> {
    let mut words = answer.split_whitespace();
    let by = words.next()?.to_owned();
    let (at, source) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    Some(Seen::Answered {
        by,
        at,
        source,
        local,
    })
}

impl std::fmt::Display for Seen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Seen::Answered {
                by,
                at,
                source,
                local,
            } => write!(f, "answered {by} {at} {source} {local}"),
            Seen::Refused => f.write_str("refused"),
            Seen::Silence => f.write_str("silence"),
            Seen::Other(error) => write!(f, "other {error}"),
        }
    }
}

impl FromStr for Seen {
    type Err = String;

    fn from_str(text: &str) -> Result<Seen, String> {
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        match word {
            "answered" => {
                let (answer, local) = rest.rsplit_once(' ').ok_or("no local address")?;
                let local = local.parse().map_err(|_| "no local address")?;
                answered(local, answer).ok_or_else(|| format!("no answer: {rest}"))
            }
            "refused" => Ok(Seen::Refused),
            "silence" => Ok(Seen::Silence),
            _ => Ok(Seen::Other(rest.to_owned())),
        }
    }
}
