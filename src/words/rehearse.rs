//! What simulated people say, and how a rehearsal ended.

use std::path::Path;

use super::Lang;
use crate::rehearse::Ending;

texts! {
    /// What simulated people say for the record.
    pub enum Said {
        Deliberated: "（演练）审议中对各名人选没有提出不同意见。",
            "(Rehearsal) No objection to a nominee was raised in the deliberation.";
        Question1: "（演练）去年有两个项目没有经过集体研究就定了施工单位，请说明当时的决策过程和现在的整改情况。",
            "(Rehearsal) Last year two projects were given to contractors without a collective decision. How was that decided, and what has been put right?";
        Answer1: "（演练）当时为了赶工期，程序上走得不严。发现之后已经补开了会议，并修订了议事规则，今年没有再发生。",
            "(Rehearsal) The schedule was tight and the procedure was not kept. The meeting was held afterwards, the rules were revised, and it has not happened again.";
        Question2: "（演练）信访反映的补偿款发放问题，为什么拖了七个月才答复？",
            "(Rehearsal) Why did it take seven months to answer the petitions about the compensation payments?";
        Answer2: "（演练）具体情况需要核对台账，会后书面答复。",
            "(Rehearsal) The records have to be checked; there will be a written answer.";
        Question3: "（演练）单位公务用车的使用登记有没有公开？",
            "(Rehearsal) Is the log of the official cars open to inspection?";
        Answer3: "（演练）已经公开，每月在公示栏张贴。",
            "(Rehearsal) It is: it is put on the notice board every month.";
        Objection: "（演练）任期内两个项目的结算资料至今没有移交，建议暂缓。",
            "(Rehearsal) The accounts of two projects of the term have not been handed over; better wait.";
        Check: "（演练）群众来信反映的问题正在核实，核清之后再提意见。",
            "(Rehearsal) A letter that came in is being verified; our opinion follows.";
        FileLate: "（演练）材料刚收到，先核对再提意见。",
            "(Rehearsal) The file has only just arrived; we look at it first.";
        Statement1: "（演练）任期内账目清楚、公开到位，我赞成继续任职。",
            "(Rehearsal) The accounts were clear and public; I am for going on.";
        Statement2: "（演练）建议多到村里听意见，对年轻同志多带一带。",
            "(Rehearsal) Go to the villages more often, and guide the younger ones.";
        Asked: "（演练）审计提出的那一条为什么还没有整改完？",
            "(Rehearsal) Why is that point of the audit still not put right?";
        Replied: "（演练）补办手续需要几个村配合，期限是今年6月，我们每月督促一次。",
            "(Rehearsal) Several villages have to bring papers; it is due in June, and we ask every month.";
        View1: "（演练）方案论证充分，资金来源清楚，同意提请表决。",
            "(Rehearsal) The draft is well argued and the money is there; put it to the vote.";
        View2: "（演练）总体同意，建议先请第三方核实造价，再签合同。",
            "(Rehearsal) I agree on the whole; an outside check of the cost should come before the contract.";
        View3: "（演练）必要性没有异议，工期偏紧，请明确责任人。",
            "(Rehearsal) The need is plain, the schedule is tight; name who answers for it.";
        ViewOfHead: "（演练）听了各位的意见，同意按方案实施，造价核实一并写入决定。",
            "(Rehearsal) Having heard everybody, I agree with the draft, and the check of the cost belongs into the decision.";
        SummingUp: "（演练）意见比较一致：方案可行，造价须经核实。现在提请表决。",
            "(Rehearsal) Views agree by and large: the draft stands, and the cost is to be checked. It is put to the vote.";
        TooFew: "（演练）收回的票太少，不开箱",
            "(Rehearsal) Too few ballots came back; the box stays closed.";
        NotHere: "（演练）没有到会。", "(Rehearsal) Was not at the meeting.";
        DidNotSign: "（演练）没有在规定时间内签署。", "(Rehearsal) Did not sign in time.";
        Inquiry: "（演练）答复没有说明责任人，请书面说明。",
            "(Rehearsal) The answer does not name those responsible; please do so in writing.";
    }
}

/// How a rehearsal ended, and how to check it.
pub fn ended(lang: Lang, ending: Ending, out: &Path) -> String {
    let out = out.display();
    match (ending, lang) {
        (Ending::Held, Lang::Zh) => {
            format!(
                "演练完毕，已封存：{out}\n核验：plenum verify {out}\n记录：plenum minutes {out} --format md"
            )
        }
        (Ending::Held, Lang::En) => format!(
            "The rehearsal was held and is sealed: {out}\nCheck it:  plenum verify {out}\nRead it:   plenum minutes {out} --format md"
        ),
        (Ending::NoQuorum, Lang::Zh) => format!("未达到法定人数：会议休会，记录已封存：{out}"),
        (Ending::NoQuorum, Lang::En) => {
            format!("The quorum was not reached: the meeting was adjourned, the record is sealed: {out}")
        }
    }
}
