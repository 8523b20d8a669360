//! What `plenum COMMAND --help` adds to the list of arguments: for whom the command is, and an example to type. Help is
//! printed before any plan is read, so both languages stand below each other.

/// `plenum new`.
pub const NEW: &str = "会前筹备用：生成一个会议文件夹，里面有带注释的计划，照着改。
For whoever prepares the meeting: a folder with a commented plan to change.

  plenum new 2026-11-29 --template nomination --lang zh";

/// `plenum check`.
pub const CHECK: &str = "改完计划后用：逐项说明将怎样进行，或一次列出全部错误。
After each change of the plan: what will hold, or all that is wrong with it.

  plenum check 2026-11-29";

/// `plenum seats`.
pub const SEATS: &str = "会前一天用：为每个席位、大屏、备用机各生成一个码，打印后剪开，当面发放。
The day before: a code for each seat, display and the standby, to be printed, cut apart and handed out.

  plenum seats 2026-11-29 --host 192.0.2.7";

/// `plenum console`.
pub const CONSOLE: &str = "主持人用，在会场前面的电脑上运行。中途断电或关闭，再运行同一条命令，从原处继续。
For the presiding officer, on the computer at the front. After a crash the same command goes on where it stopped.

  plenum console 2026-11-29";

/// `plenum standby`.
pub const STANDBY: &str = "在第二台电脑上运行：主持台的一切同时存一份到这里；主持台那台电脑坏了，主持人在这里按 T，
输入席位条上的码，会议继续，各终端自己找过来。
On a second computer: it keeps a copy of everything at once. If the console's computer fails, the presiding
officer presses T here and types the code on their slip; the meeting goes on, and terminals find it by themselves.

第一次 / the first time:          plenum standby 192.0.2.7 second
以后 / afterwards:                plenum standby second
主持台已坏 / the console failed:  plenum standby second --take-over";

/// How `plenum standby` is called.
pub const STANDBY_USAGE: &str = "plenum standby [OPTIONS] HOST[:PORT] DIR
       plenum standby [OPTIONS] DIR";

/// `plenum terminal`.
pub const TERMINAL: &str = "每个席位用：第一次要输入席位条上的码，以后再启动不用输入。
At each seat: the first time it asks for the code on the slip, and never again on this computer.

  plenum terminal 192.0.2.7";

/// `plenum display`.
pub const DISPLAY: &str = "会场大屏用：只显示，不操作。
For the wall: it shows, and takes no orders.

  plenum display 192.0.2.7";

/// `plenum rehearse`.
pub const REHEARSE: &str = "会前排练：用模拟人员把整个会走一遍，原文件夹不变。
Before the meeting: simulated people hold all of it; the folder itself is not changed.

  plenum rehearse 2026-11-29 --out rehearsal";

/// `plenum demo`.
pub const DEMO: &str = "先看看是什么样：不用准备，您当主持人。
To see what it is: nothing to prepare, and you preside.

  plenum demo --kind nomination --lang zh";

/// `plenum verify`.
pub const VERIFY: &str = "会后任何人都可以用：不信任何人，把存档从头到尾重新核对一遍。
For anybody, afterwards: everything in the archive is checked again, on nobody's word.

  plenum verify 2026-11-29";

/// `plenum audit`.
pub const AUDIT: &str = "投票人检验终端时用：在另一台电脑上看终端当时加密的是什么。
For a voter who has tested a terminal: on another computer, what it had encrypted.

  plenum audit test.txt --code CODE";

/// `plenum minutes`.
pub const MINUTES: &str = "会后用：把会议记录或结果写成一个文件。
Afterwards: the minutes or the results as a file.

  plenum minutes 2026-11-29 --format html > minutes.html";
