//! Texts of the member's terminal: sign-in, the floor, the ballot paper, what the recorder does.

use super::Lang;
use crate::plan::Duty;

texts! {
    /// Fixed texts of the terminal.
    pub enum Terminal {
        // enrolment
        EnrolTitle: "登记席位", "Enrol this seat";
        EnrolAsk: "请输入席位条上的席位码", "Type the code from your seat slip";
        EnrolDisplayTitle: "登记大屏", "Enrol this display";
        EnrolDisplayAsk: "请输入大屏条上的码", "Type the code from the display's slip";
        EnrolHow: "大小写、空格和连字符都不要紧；一个码只能用一次。", "Capitals, spaces and hyphens do not matter; a code works once.";
        EnrolEmpty: "还没有输入席位码", "No code has been typed";
        EnrolAgain: "席位码不对，请核对席位条后重新输入", "The code is not right; check the slip and type it again";
        // sign-in
        SignInTitle: "签到", "Sign in";
        SignInPress: "请按 Enter 签到", "Press Enter to sign in";
        SignInAgain: "您已签退。按 Enter 重新签到", "You have signed out. Press Enter to sign in again";
        SignedIn: "您已签到。", "You are signed in.";
        WaitOpen: "等待主持人宣布开会。", "Waiting for the presiding officer to open the meeting.";
        WaitNext: "等待主持人进入下一项。", "Waiting for the presiding officer to go on.";
        NoVote: "您列席本次会议，没有表决权，不发表决票。", "You attend without a vote; there is no ballot paper for you.";
        // floor
        NowIntroduced: "正在介绍", "Now introduced";
        Introduced: "已介绍", "introduced";
        OnTheFloor: "正在介绍", "now";
        Reading: "正在读取材料…", "Reading the material…";
        Introduction: "介绍材料", "Introduction";
        Inspection: "考察情况", "Inspection findings";
        NoNominees: "现在没有人选材料可看", "There are no nominees to read about just now";
        OutsideTitle: "您正在回避", "You are outside for the deliberation";
        OutsideWhy: "请离开会场，在外等候。审议结束后请返回，参加全部人选的投票。", "Please stay outside. When the deliberation is over, come back and vote on every line.";
        Outside: "回避离席", "Outside";
        RecuseAsk: "声明回避？", "Declare a recusal?";
        RecuseWhy: "您将离席，到审议结束才返回；之后照常投票。按 Y 确认，按其他键取消。", "You leave until the deliberation is over, then come back and vote as everyone does. Y confirms, any other key goes back.";
        NoPaperAsk: "不领取表决票？", "Take no paper?";
        NoPaperWhy: "您在场，但不领取本项的表决票，也就不投票；发票数里没有您，会议记录会写明您没有领取。发票以前可以改变主意。按 Y 确认，按其他键取消。", "You stay present, take no paper in this item, and so do not vote. You are not counted among the papers issued, and the record says that you took none. Until papers are issued you may change your mind. Y confirms, any other key goes back.";
        NoPaperNow: "您选择不领取本项的表决票。按 X 改为领取。", "You take no paper in this item. X takes one after all.";
        // paper
        PaperTitle: "表决票", "Ballot paper";
        PaperPreparing: "正在为您领取表决票…", "Your ballot paper is being prepared…";
        PaperPreparingWhy: "终端会自动完成，您不需要操作。", "This terminal does it by itself; there is nothing to do.";
        PaperConfirmed: "您的表决票已备好。", "Your ballot paper is ready.";
        PaperConfirmedWhy: "等待主持人宣布开始投票。", "Waiting for the presiding officer to open the vote.";
        PaperAbsent: "本轮发票时您不在场，没有表决票。", "You were not in the room when papers were issued; there is none for you in this round.";
        PaperDeclined: "您没有领取本轮的表决票。", "You declined a paper in this round.";
        Number: "#", "#";
        DeferredNoVote: "暂缓表决，不投票", "deferred, no vote";
        Rule: "每名人选必须选一项；没有预设。", "Every line needs a mark; none is preset.";
        ReviewTitle: "复核", "Review";
        ReviewFinal: "投出以后不能更改。", "It cannot be changed afterwards.";
        ReviewAsk: "按 Y 投出，按 C 检验本机，按 Esc 返回修改。", "Y casts the ballot, C tests this terminal, Esc goes back to change it.";
        Casting: "正在投出…", "Casting…";
        CastingWhy: "正在加密并送入票箱，请稍候。此屏已经不保留您的选择。", "The ballot is being encrypted and put into the box. This screen has forgotten your marks.";
        CastingLost: "连接中断，正在重试；在出现“已投出”之前，请不要离开。", "The connection is lost and it is tried again; stay until this page says \"returned\".";
        CastingLate: "投票已经结束；您的票已送出，是否收到还不知道。", "Voting is over. Your ballot was sent; whether it arrived is not known yet.";
        CastingLateWhy: "没有收到回执。票箱封好以后，终端自动在里面找您的票，此页会告诉您结果。请不要离开。", "No receipt has come. When the box is sealed this terminal looks for your ballot in it, and this page says what it found. Please stay.";
        LostTitle: "您的票送出后没有收到回执，封好的票箱里没有它。", "Your ballot was sent and never acknowledged, and the sealed box does not hold it.";
        LostWhy: "它不计入。请立即举手告诉监票人：开箱以前，主持人可以作废本轮、重新发票。", "It does not count. Raise your hand now and tell a scrutineer: until the box is opened, the presiding officer can void the round and issue papers again.";
        ForgottenTitle: "本终端已经没有您这张票的记录。", "This terminal keeps nothing of your paper any more.";
        ForgottenWhy: "记录在核对票箱以后即予删除，而终端重新启动过，所以不知道您有没有投票；票箱里的票不受影响。", "That is deleted once the box is checked, and the terminal was started again: it cannot say whether you returned a ballot. What is in the box is not changed by that.";
        ReturnedTitle: "您的表决票已投出。", "Your ballot is returned.";
        ReturnedWhy: "已加密投入票箱。没有人能看到您的选择，包括这块屏幕。", "It is encrypted and in the box. Nobody can see what you marked, not even this screen any more.";
        Tracker: "查验码", "Tracking code";
        TrackerWhy: "可以记下来：档案里会列出它，但不会有您的选择。", "You may write it down: the archive lists it, never your vote.";
        InBox: "票箱已封，终端已核对：您的票在票箱里。", "The box is sealed, and this terminal has checked that your ballot is in it.";
        WaitClose: "等待主持人宣布投票结束。", "Waiting for the presiding officer to close the vote.";
        WaitOpenBox: "等待开箱计票。", "Waiting for the box to be opened.";
        NotReturnedTitle: "投票已经结束，您没有投票。", "Voting is over and you returned no ballot.";
        NotReturnedWhy: "未收回的票不计入同意。", "A paper that is not returned does not count as agreement.";
        CastFailed: "您的票没有投出：", "Your ballot was not returned: ";
        CastFailedWhy: "此屏已经不保留您的选择，请重新填写。", "This screen has forgotten your marks; please mark the paper again.";
        CastWaits: "现在没有连接。您的选择还在，等重新连上后再按 Y 投出。", "There is no connection just now. Your marks are still here; press Y again once it is back.";
        Covered: "屏幕已遮住", "The screen is covered";
        Uncover: "按任意键恢复", "any key uncovers it";
        // result, end
        ResultTitle: "表决结果", "Result";
        Declared: "主持人已宣布", "declared by the presiding officer";
        NotDeclared: "待主持人宣布", "to be declared by the presiding officer";
        SuspendedWhy: "请留在座位上。会议恢复后，屏幕会自动继续。", "Please stay seated. The screen goes on by itself when the meeting does.";
        EndedTitle: "会议结束，谢谢您。", "The meeting is over. Thank you.";
        EndedWaitSeal: "会议记录正在封存。", "The record is being sealed.";
        EndedSealed: "会议记录已封存。", "The record is sealed.";
        EndedHash: "记录末行", "last line of the record";
        EndedHashWhy: "可以记下来：档案的最后一行就是它。", "You may write it down: it is the last line of the archive.";
        TurnedAwayTitle: "本终端已停止连接", "This terminal has been turned away";
        // recorder
        NoteTitle: "记事", "Note for the record";
        NoteHow: "写入会议记录，不能更改。Enter 记入，Esc 取消。", "It goes into the record and cannot be changed. Enter adds it, Esc drops it.";
        NoteDone: "已记入会议记录", "The note is in the record";
        PeopleTitle: "签到名册", "Attendance";
        RecuseDone: "已记录您的回避", "Your recusal is recorded";
    }
}

texts! {
    /// What the terminal's keys do, in a word.
    pub enum KeyWord {
        SignIn: "签到", "sign in";
        Materials: "人选材料", "nominees";
        Recuse: "声明回避", "recusal";
        NoPaper: "不领票", "no paper";
        PaperAfterAll: "改为领票", "take a paper";
        Cover: "遮屏", "cover";
        Move: "移动", "move";
        Choose: "选择", "choose";
        Mark: "选/不选", "mark/clear";
        AgreeToAll: "同意整单", "agree to all";
        Review: "复核", "review";
        Cast: "投出", "cast";
        Test: "检验本机", "test this terminal";
        GiveAway: "交出数据", "give the data away";
        Afresh: "重新填票", "vote afresh";
        Back: "返回", "back";
        Scroll: "翻看", "scroll";
        Other: "换人选", "other nominee";
        Note: "记事", "note";
        People: "签到名册", "attendance";
        Toggle: "签到/签退", "in/out";
        Add: "记入", "add";
        Confirm: "确认", "confirm";
        Leave: "离开", "leave";
        Go: "登记", "enrol";
        Question: "提问", "ask";
        Opinion: "意见建议", "opinion";
        Asked: "提问列表", "questions";
        Texts: "材料", "texts";
        Officials: "述职人", "officials";
        OtherOfficial: "换述职人", "other official";
        OtherText: "报告/核查情况", "report/findings";
        AskFloor: "请求发言", "ask to speak";
        LeaveFloor: "取消发言", "do not speak";
        EndSpeech: "发言完毕", "end speech";
        Find: "查找", "find";
        NextHit: "下一处", "next hit";
        Send: "送出", "send";
        Save: "保存", "save";
        Slip: "署名/纸条", "name/slip";
        FollowUp: "追问", "follow up";
        Satisfied: "满意", "satisfied";
        NotSatisfied: "不满意", "not satisfied";
        Inquire: "书面质询", "inquiry";
        Withdraw: "撤回", "withdraw";
        TakeAnswer: "记录答复", "answer";
        EnterOral: "口头提问", "spoken question";
        PutAway: "收起", "put away";
        Open: "打开", "open";
        Pick: "选定", "pick";
        Say: "发言", "statement";
        Reply: "答复", "reply";
        TakeDownSaid: "记发言", "take down";
        TakeDownQuestion: "记询问", "take down question";
        NoObjection: "无异议", "no objection";
        Objects: "有异议", "object";
        NeedsChecking: "需核查", "to check";
        OtherDepartments: "其他部门", "departments";
        MoveList: "移动", "move";
        KeepDraft: "返回，留草稿", "back, keep draft";
        Sign: "签署", "sign";
        RefuseSeal: "拒签", "refuse to sign";
        Present: "在场名单", "who is here";
        SendCount: "记入", "enter the count";
        CountAnew: "重新输入", "count again";
        NextField: "下一栏", "next field";
        SignCount: "签署计票", "sign the count";
        SendCode: "比对", "compare";
        CodeAnew: "重新输入", "type again";
        Object: "提出异议", "object";
        ObjectResult: "结果异议", "object to a result";
        Accept: "同意不等", "go on without";
        SignSheet: "签署", "sign";
        RefuseSheet: "拒签", "refuse";
        OpenShare: "打开", "open";
        GiveView: "写下意见", "write your view";
        PassView: "不发表意见", "pass";
        TakeView: "代记表态", "take a view down";
        SumUp: "归纳", "sum up";
        VoteOf: "记名表决", "vote by name";
        SignRecord: "签署", "sign";
        ObjectVote: "有异议", "object";
        Document: "文本", "the text";
        TakePlace: "就座", "take your place";
        OtherQuestion: "换题", "question";
        Flag: "待查", "mark";
        AllQuestions: "全部试题", "all";
        HandIn: "交卷", "hand in";
        NextOpen: "下一道未答", "next open";
        ToQuestion: "转到", "go there";
        ExamTexts: "查阅材料", "texts";
        OtherBook: "换材料", "other text";
    }
}

texts! {
    /// What the terminal's keys do, in a sentence.
    pub enum KeyMeans {
        SignIn: "签到：从此计入实到。", "Signs you in: from then on you count as present.";
        Materials: "打开人选的介绍材料和考察情况。", "Opens the nominees' introductions and what the inspection found.";
        NoPaper: "您在场而不领取表决票：不参加本项投票。要再按 Y 确认。", "You stay and take no ballot paper: you do not vote in this item. Y confirms it.";
        PaperAfterAll: "改变主意：照常领取表决票。", "You change your mind and take a ballot paper as everyone does.";
        Recuse: "声明回避：审议期间您离席，之后返回投票。要再按 Y 确认。", "Declares a recusal: you leave for the deliberation and come back to vote. Y confirms it.";
        Cover: "遮住屏幕，免得旁人看见；按任意键恢复。", "Covers the screen so that nobody beside you sees it; any key uncovers it.";
        Move: "移到上一名或下一名人选。", "Moves to the nominee above or below.";
        Choose: "1 同意，2 不同意，3 弃权；也可以用左右方向键。退格键清除。", "1 agree, 2 disagree, 3 abstain; the arrows left and right choose too. Backspace clears the mark.";
        Mark: "选上所在的候选人，再按一次取消；空格键相同。超过应选名额的不会选上。", "Marks the candidate under the cursor; once more clears the mark. The space bar does the same. No more are marked than may be.";
        ReviewMarks: "复核所选；一个不选也可以，那是空白票。", "Shows the marks for review; with none at all the ballot is blank.";
        AgreeToAll: "一次同意整张名单；之后仍可逐名更改。", "Agrees to the whole list at once; single lines can still be changed.";
        AgreeOrExcept: "1 同意，2 不同意这一名；也可以用左右方向键。退格键清除。", "1 agree, 2 except this line by disagreeing; the arrows left and right choose too. Backspace clears the mark.";
        Review: "全部选完后复核；没有选完就跳到第一处未选。", "When all lines are marked, shows them for review; before, jumps to the first that is not.";
        Cast: "投出表决票。投出以后不能更改。", "Casts the ballot. It cannot be changed afterwards.";
        Test: "检验本机有没有照您的选择加密。检验用的票不计入，之后重新投票。", "Tests whether this terminal encrypts what you mark. That ballot does not count, and you vote afresh.";
        GiveAway: "交出这张票的加密数据；这张票作废。", "Gives away how this ballot was encrypted; the ballot is gone.";
        Afresh: "得到一张空白票，没有预设。", "Gives you a blank paper, with nothing preset.";
        Back: "返回上一页，什么也不改变。", "Goes back; nothing changes.";
        Scroll: "上下翻看；PageUp、PageDown 翻页。", "Scrolls; PageUp and PageDown turn a page.";
        Other: "换到上一名或下一名人选。", "Goes to the nominee before or after.";
        Note: "写一条记事，记入会议记录。", "Writes a note for the record.";
        People: "打开签到名册，替人签到或签退。", "Opens the attendance list to sign people in or out.";
        Toggle: "把所选的人签到或签退。输入文字可以查找。", "Signs the chosen person in or out. Typing searches.";
        Add: "把这条记事记入会议记录，不能更改。", "Puts the note into the record; it cannot be changed.";
        Confirm: "确认。", "Confirms.";
        Leave: "离开本程序。", "Leaves the program.";
        Go: "用这个席位码登记本终端。", "Enrols this terminal with the code.";
        ChooseWord: "按数字选择该项评议用词；也可以用左右方向键。退格键清除。", "The digit of a word marks the line; the arrows left and right choose too. Backspace clears the mark.";
        Question: "向当前述职人写提问。没有送出的草稿会留着。", "Writes a question to the official. What is not sent is kept as a draft.";
        Opinion: "写对当前述职人的意见或建议。", "Writes an opinion or a suggestion about the official.";
        Asked: "打开提问列表：看本人提问的进展，追问，表态。", "Opens the questions: how the own ones stand, follow-ups, whether one is satisfied.";
        Texts: "打开述职报告和核查情况。", "Opens the report and the inspection findings.";
        Officials: "打开全部述职人的名单。", "Opens the list of all officials.";
        OtherOfficial: "换到上一位或下一位述职人。", "Goes to the official before or after.";
        OtherText: "在述职报告和核查情况之间切换。", "Changes between the report and the findings.";
        AskFloor: "请求发言，等待主持人安排。", "Asks for the floor; the presiding officer calls.";
        LeaveFloor: "取消发言请求。", "Takes the request for the floor back.";
        EndSpeech: "结束自己的发言。", "Ends the own speech.";
        Find: "在文中查找。", "Searches the text.";
        NextHit: "到下一处找到的地方。", "Goes to the next place where it was found.";
        Send: "送出所写的内容；Ctrl-S 相同。", "Sends what was written; Ctrl-S does the same.";
        Save: "保存答复，继续修改；Ctrl-S 相同。", "Saves the answer and goes on editing; Ctrl-S does the same.";
        Slip: "在署名和匿名纸条之间切换；F2 相同。", "Changes between by name and anonymous slip; F2 does the same.";
        FollowUp: "对所选的提问写追问。", "Writes a follow-up to the chosen question.";
        Satisfied: "表示对答复满意。", "Says that the answer satisfies.";
        NotSatisfied: "表示对答复不满意；之后可以提出书面质询。", "Says that the answer does not satisfy; a written inquiry can follow.";
        Inquire: "对不满意的答复提出书面质询。", "Files a written inquiry after an answer that does not satisfy.";
        Withdraw: "撤回还在排队的提问。要再按 Y 确认。", "Withdraws a question that still waits. Y confirms it.";
        TakeAnswer: "记录对现在这个提问的答复。", "Takes down the answer to the question on the floor.";
        EnterOral: "录入口头提出的问题：先选发问人。", "Enters a question that was spoken; first, who asked.";
        PutAway: "收起这条提示。", "Puts the notice away.";
        Open: "打开所选述职人的报告。", "Opens the chosen official's report.";
        Pick: "选定发问人。输入文字可以查找。", "Picks who asked. Typing searches.";
        Say: "写下发言，按 F5 记入会议记录；离席回避的同志看不到。", "Write a statement for the record; F5 sends it. Those outside do not get it.";
        PutQuestion: "向提请单位询问；没有答清楚的，按规定暂缓表决。", "Puts a question to the proposing body; one that is not answered clearly defers the vote by rule.";
        Reply: "答复所选的询问，或记录提请单位的答复。", "Replies to the chosen question, or takes the reply down.";
        TakeDownSaid: "记录一名同志的口头发言。", "Takes down what somebody said.";
        TakeDownQuestion: "记录一名同志口头提出的询问。", "Takes down a question that somebody put.";
        NoObjection: "本部门对所选的同志没有异议；截止之前可以改。", "Your department has nothing against the chosen one; it can be changed until it is closed.";
        Objects: "本部门有异议：写明理由，按 F5 送出。", "Your department objects: write why, F5 sends it.";
        NeedsChecking: "本部门需要核查：写明核查什么，按 F5 送出；核查由本部门负责。", "Your department has to check something: write what, F5 sends it; your department does the check.";
        OtherDepartments: "看其他部门的意见。", "Turns to the other departments.";
        MoveList: "上下移动。", "Moves up and down.";
        KeepDraft: "返回；所写的内容留作草稿。", "Goes back; what was written is kept as a draft.";
        Sign: "签署封存：确认这就是会议的记录。", "Signs the seal: this is the record of the meeting.";
        RefuseSeal: "拒绝签署，要写明理由；理由写入档案。", "Refuses to sign, with a reason that goes into the archive.";
        Present: "列出在场的人的姓名。", "Lists everybody who is here, by name.";
        SendCount: "记入您数的人数；之后还可以重新输入。", "Takes your count down; it can be typed anew later.";
        CountAnew: "重新清点，重新输入；以最后一次为准。", "Count and type again; the last count holds.";
        NextField: "到下一栏；Shift-Tab 到上一栏，上下方向键换行。", "Goes to the next field; Shift-Tab to the one before, the arrows to the line above or below.";
        SignCount: "到下一个空栏；全部填好、各项相符之后，签署您的计票。要再按 Y 确认。", "Goes to the next empty field; when all are filled and add up, signs your count. Y confirms it.";
        SendCode: "与本终端的房间码比对。", "Compares it with this terminal's own room code.";
        CodeAnew: "再看一次那块屏幕，重新输入。", "Read the other screen again, and type anew.";
        ObjectResult: "对已宣布的结果提出异议；异议编号，写入会议记录，由主席团处理。", "Objects to a declared result; the objection is numbered, goes into the record, and the presiding body settles it.";
        SendObjection: "提交异议；异议写入会议记录。", "Sends the objection; it goes into the record.";
        Object: "对房间码提出异议；异议写入会议记录。", "Objects to the room code; the objection goes into the record.";
        Accept: "同意不等所选的人的终端。要再按 Y 确认。", "Accepts that the chosen person's terminal does not answer. Y confirms it.";
        SignSheet: "签署计票结果。要再按 Y 确认。", "Signs the result sheet. Y confirms it.";
        RefuseSheet: "拒签计票结果，要写明理由。", "Refuses to sign the result sheet, with a reason.";
        GiveView: "写下您的意见，写入会议记录。", "Writes your view, which goes into the record.";
        PassView: "不发表意见。要再按 Y 确认。", "Passes: you give no view. Y confirms it.";
        TakeView: "录入正在表态的同志的意见。", "Takes down the view of the one who is asked.";
        SumUp: "归纳各方意见，写入会议记录。", "Sums up what was said, for the record.";
        VoteOf: "选择一项，再按 Y 确认；您的姓名和意见写入会议记录，不能更改。", "Chooses, and Y confirms; your name and your vote go into the record and cannot be changed.";
        SignRecord: "签署本项的会议记录。要再按 Y 确认。", "Signs the record of this item. Y confirms it.";
        ObjectVote: "不同意不经计票通过；之后举手表决。要再按 Y 确认。", "You do not want this taken without a count: hands are counted then. Y confirms it.";
        Document: "打开所表决的文本。", "Opens the text that is decided on.";
        OpenShare: "用席位码打开您保管的一份密钥。", "Opens your share of the key with the seat code.";
        TakePlace: "就座：考试开始后，您的试卷自动出现。", "Takes your place: when the exam begins your paper appears by itself.";
        ChooseOption: "选定或取消一个选项，也可以用数字键；↑↓ 移到选项上，空格选定；退格键清空本题。", "Chooses an option or takes it back; digits do the same. Up and Down move to an option, Space chooses it, Backspace clears the question.";
        OtherQuestion: "上一题或下一题；Enter 也到下一题。", "Goes to the question before or after; Enter goes on, too.";
        Flag: "把本题标为待查，或取消；只有您自己看得见。", "Marks this question for later, or takes the mark away; nobody but you sees it.";
        AllQuestions: "列出全部试题：已答、未答、待查。", "Lists all questions: answered, open, marked for later.";
        HandIn: "交卷：以后不能再修改。要再按 Y 确认。", "Hands your paper in: nothing can be changed afterwards. Y confirms it.";
        NextOpen: "移到下一道没有作答或标为待查的试题。", "Moves to the next question that is open or marked for later.";
        ToQuestion: "转到选定的试题。", "Goes to the question chosen.";
        ExamTexts: "查阅开卷考试的材料；试卷和答案都在。", "Opens the texts of the open book; your paper stays as it is.";
        OtherBook: "换到上一份或下一份材料。", "Goes to the text before or after.";
    }
}

/// A duty, as the header names it.
pub fn duty(lang: Lang, duty: Duty) -> &'static str {
    match duty {
        Duty::Presiding => lang.pick("主持人", "presiding"),
        Duty::Scrutineer => lang.pick("监票人", "scrutineer"),
        Duty::Recorder => lang.pick("记录员", "recorder"),
    }
}

/// Whose terminal this is.
pub fn seat(lang: Lang, number: usize, name: &str) -> String {
    match lang {
        Lang::Zh => format!("席位 {number} {name}"),
        Lang::En => format!("Seat {number} {name}"),
    }
}

/// The head of the paper: how many lines, how many of them deferred.
pub fn paper_title(lang: Lang, lines: usize, deferred: usize) -> String {
    match (lang, deferred) {
        (Lang::Zh, 0) => format!("表决票（{lines} 名人选）"),
        (Lang::Zh, _) => format!("表决票（{lines} 名人选，{deferred} 名暂缓）"),
        (Lang::En, 0) => format!("Ballot paper ({lines} lines)"),
        (Lang::En, _) => format!("Ballot paper ({lines} lines, {deferred} deferred)"),
    }
}

/// How many lines are not marked.
pub fn unmarked(lang: Lang, left: usize) -> String {
    match (lang, left) {
        (Lang::Zh, 0) => "全部选完，按 Enter 复核。".to_owned(),
        (Lang::Zh, _) => format!("还有 {left} 名人选未选。"),
        (Lang::En, 0) => "All lines are marked; Enter shows them for review.".to_owned(),
        (Lang::En, 1) => "1 line is not marked yet.".to_owned(),
        (Lang::En, _) => format!("{left} lines are not marked yet."),
    }
}

/// Which nominee of how many.
pub fn nominee_place(lang: Lang, place: usize, of: usize) -> String {
    match lang {
        Lang::Zh => format!("人选 {place}/{of}"),
        Lang::En => format!("Nominee {place}/{of}"),
    }
}

/// How many papers have been issued.
pub fn issued_of(lang: Lang, issued: u32, present: u32) -> String {
    match lang {
        Lang::Zh => format!("发出 {issued}/{present}"),
        Lang::En => format!("{issued} of {present} issued"),
    }
}

/// How many terminals have confirmed the list.
pub fn confirmed_of(lang: Lang, confirmed: usize, issued: u32) -> String {
    match lang {
        Lang::Zh => format!("确认 {confirmed}/{issued}"),
        Lang::En => format!("{confirmed} of {issued} confirmed"),
    }
}

/// Somebody was signed in or out.
pub fn presence_changed(lang: Lang, name: &str, here: bool) -> String {
    match (lang, here) {
        (Lang::Zh, true) => format!("{name} 已签到"),
        (Lang::Zh, false) => format!("{name} 已签退"),
        (Lang::En, true) => format!("{name} is signed in"),
        (Lang::En, false) => format!("{name} is signed out"),
    }
}

/// A material that cannot be shown.
pub fn no_material(lang: Lang, why: &str) -> String {
    match lang {
        Lang::Zh => format!("材料读不出来：{why}"),
        Lang::En => format!("the material cannot be read: {why}"),
    }
}
