//! What is said while the scrutineers do their part: who is asked, for what, with which figures.

use super::now;
use crate::meeting::Command;
use crate::meeting::sample::{Point, Sample};
use crate::words::Lang;

fn keyed(lang: Lang, point: Point) -> Sample {
    let mut sample = Sample::keyed(lang).until(Point::ScrutineersApproved);
    sample.make_key();
    sample.further(Point::ScrutineersApproved, point)
}

#[test]
fn each_step_of_the_scrutineers_is_said() {
    let table = [
        (
            Point::Deliberated,
            "发票之前清点人数。请监票人赵敏、孙涛、周静清点在场的表决人，各自在终端上输入人数。签到的表决人8名，名单在屏幕上；须有2名监票人点数相符。",
            "Before papers are issued, heads are counted. Zhao Min, Sun Tao and Zhou Jing: please count the voters in the room and type the number on your terminals. 8 are signed in, by name on the screen; 2 of you must count as many.",
        ),
        (
            Point::Confirming,
            "请监票人赵敏、孙涛、周静走到别人的屏幕前，读出房间码，输入自己的终端。须有2名监票人核对一致，证明全场看到的是同一份记录。其他同志请看一看，自己屏幕上的房间码与大屏是否一样。",
            "Zhao Min, Sun Tao and Zhou Jing: please read the room code on another person's screen and type it on your own terminal. 2 must: it shows that all screens follow the same record. Everybody else, please see whether your code is that of the display.",
        ),
        (
            Point::Sealed,
            "票箱已经封好。各位的终端正在自动核对自己的票在不在票箱里，请稍候，不要离场。",
            "The box is sealed. Every terminal now looks for its own ballot in it; please wait a moment and do not leave.",
        ),
        (
            Point::Opening,
            "监票人的终端正在逐张核验选票，共同开箱。不逐张开票，只打开合计数。须有2名监票人，已有0名，请稍候。",
            "The scrutineers' terminals check every ballot and open the box together: no single ballot, only the sums. 2 are needed, 0 so far; one moment please.",
        ),
    ];
    for (point, zh, en) in table {
        assert_eq!(now(Lang::Zh, &keyed(Lang::Zh, point).state), zh);
        assert_eq!(now(Lang::En, &keyed(Lang::En, point).state), en);
    }
}

#[test]
fn who_is_missing_is_asked_by_name() {
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = Sample::keyed(lang).until(Point::ScrutineersApproved);
        let three = lang.pick("赵敏、孙涛、周静共同生成", "Zhao Min, Sun Tao and Zhou Jing now make the key");
        assert!(now(lang, &sample.state).contains(three), "{}", now(lang, &sample.state));
        for seat in ["m6", "m7"] {
            sample.console(Command::SignOut { seat: seat.into() });
        }
        let missing = lang.pick("请监票人孙涛、周静签到", "Sun Tao and Zhou Jing: please sign in");
        assert!(now(lang, &sample.state).contains(missing), "{}", now(lang, &sample.state));

        let mut sample = keyed(lang, Point::Opening);
        sample.count_by_two(&[[7, 0, 0], [4, 2, 1], [5, 1, 1], [6, 1, 0], [0, 5, 2]]);
        let all = lang
            .pick("请监票人赵敏、孙涛、周静核对计票结果", "Zhao Min, Sun Tao and Zhou Jing: please check");
        assert!(now(lang, &sample.state).contains(all), "{}", now(lang, &sample.state));

        let mut sample = keyed(lang, Point::Deliberated);
        let heads = Command::CountHeads { item: Sample::item(), heads: 7 };
        sample.order(&"m5".into(), heads);
        let differ = lang.pick("两个数不符", "the numbers differ");
        assert!(now(lang, &sample.state).contains(differ), "{}", now(lang, &sample.state));
    }
}
