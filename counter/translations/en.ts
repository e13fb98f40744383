<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>Bar</name>
    <message>
        <source>等候 %1</source>
        <translation>%1 wait</translation>
    </message>
    <message>
        <source>展开</source>
        <translation>Desk</translation>
    </message>
</context>
<context>
    <name>BookDialog</name>
    <message>
        <source>为来电人预约</source>
        <translation>Book for a caller</translation>
    </message>
    <message>
        <source>新预约</source>
        <translation>New booking</translation>
    </message>
    <message>
        <source>查找预约</source>
        <translation>Find a booking</translation>
    </message>
    <message>
        <source>不取消</source>
        <translation>Keep it</translation>
    </message>
</context>
<context>
    <name>BookDone</name>
    <message>
        <source>预约码，逐个读给来电人（0 是数字零，1 是数字一）</source>
        <translation>Code, to be read out one by one (0 is zero, 1 is one)</translation>
    </message>
</context>
<context>
    <name>BookFind</name>
    <message>
        <source>身份证号或预约码</source>
        <translation>ID number or booking code</translation>
    </message>
    <message>
        <source>确认预约</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>改时间</source>
        <translation>Change time</translation>
    </message>
    <message>
        <source>取消预约</source>
        <translation>Cancel booking</translation>
    </message>
</context>
<context>
    <name>BookForm</name>
    <message>
        <source>事项</source>
        <translation>Matter</translation>
    </message>
    <message>
        <source>名称或拼音首字母</source>
        <translation>Name or pinyin initials</translation>
    </message>
    <message>
        <source>没有这样的事项，请换个词</source>
        <translation>No such matter; try another word</translation>
    </message>
    <message>
        <source>身份证号</source>
        <translation>ID number</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>手机（可不填，用于提醒）</source>
        <translation>Mobile (optional)</translation>
    </message>
</context>
<context>
    <name>BookPlaces</name>
    <message>
        <source>日期</source>
        <translation>Day</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
</context>
<context>
    <name>BroughtIn</name>
    <message>
        <source>知道了</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>ChooseWindow</name>
    <message>
        <source>%1，您好，请选择今天的窗口</source>
        <translation>Hello %1, please choose today&apos;s window</translation>
    </message>
    <message>
        <source>队列 %1</source>
        <translation>Lines %1</translation>
    </message>
    <message>
        <source>方向键选择，回车开放窗口</source>
        <translation>Arrow keys choose, Enter opens the window</translation>
    </message>
    <message>
        <source>开放窗口</source>
        <translation>Open window</translation>
    </message>
    <message>
        <source>回车</source>
        <translation>Enter</translation>
    </message>
</context>
<context>
    <name>Evaluator</name>
    <message>
        <source>服务评价</source>
        <translation>Rate the service</translation>
    </message>
    <message>
        <source>正在为您服务</source>
        <translation>is being served</translation>
    </message>
    <message>
        <source>请到本窗口</source>
        <translation>Please come to this window</translation>
    </message>
    <message>
        <source>谢谢您的评价</source>
        <translation>Thank you for your rating</translation>
    </message>
    <message>
        <source>本窗口暂停服务</source>
        <translation>This window is paused</translation>
    </message>
    <message>
        <source>暂时不能评价</source>
        <translation>No rating just now</translation>
    </message>
    <message>
        <source>本窗口未开放</source>
        <translation>This window is closed</translation>
    </message>
    <message>
        <source>您好</source>
        <translation>Welcome</translation>
    </message>
    <message>
        <source>祝您生活愉快</source>
        <translation>Have a good day</translation>
    </message>
    <message>
        <source>请稍候，或到其他窗口办理</source>
        <translation>Please wait, or use another window</translation>
    </message>
    <message>
        <source>系统连接中断，不影响您办事</source>
        <translation>The connection is interrupted; your business is not affected</translation>
    </message>
    <message>
        <source>请到其他窗口办理</source>
        <translation>Please use another window</translation>
    </message>
    <message>
        <source>很高兴为您服务</source>
        <translation>We are glad to serve you</translation>
    </message>
    <message>
        <source>工号 %1</source>
        <translation>Staff no. %1</translation>
    </message>
</context>
<context>
    <name>EvaluatorLevels</name>
    <message>
        <source>%1，请评价本次服务</source>
        <translation>%1, how was the service?</translation>
    </message>
    <message>
        <source>窗口人员看不到您个人的评价 · %1 秒</source>
        <translation>The clerk does not see your own rating · %1 s</translation>
    </message>
</context>
<context>
    <name>EvaluatorReasons</name>
    <message>
        <source>哪里需要改进？可选多项</source>
        <translation>What should be better? Choose any</translation>
    </message>
    <message>
        <source>跳过</source>
        <translation>Skip</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Done</translation>
    </message>
</context>
<context>
    <name>KeyProblem</name>
    <message>
        <source>知道了</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>Line</name>
    <message>
        <source>等候 %1 人</source>
        <translation>%1 waiting</translation>
    </message>
    <message>
        <source>现在没有人等候</source>
        <translation>Nobody is waiting now</translation>
    </message>
    <message>
        <source>后面还有 %1 人</source>
        <translation>%1 more behind</translation>
    </message>
</context>
<context>
    <name>LineEntry</name>
    <message>
        <source>%1 分</source>
        <translation>%1 min</translation>
    </message>
</context>
<context>
    <name>ManualBanner</name>
    <message>
        <source>请口头叫号。每一步先存在本机，连接恢复后自动并入系统</source>
        <translation>Call out loud. Each step is stored here and taken in when the hall is back</translation>
    </message>
</context>
<context>
    <name>ManualDesk</name>
    <message>
        <source>输入号票上的号码，按回车，然后口头叫号</source>
        <translation>Type the number on the slip, press Enter, then call it out loud</translation>
    </message>
    <message>
        <source>下一个号码（回车即办完当前号）</source>
        <translation>Next number (Enter finishes this one)</translation>
    </message>
    <message>
        <source>号票上的号码</source>
        <translation>Number on the slip</translation>
    </message>
    <message>
        <source>叫号</source>
        <translation>Call</translation>
    </message>
    <message>
        <source>回车</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>手动记录</source>
        <translation>Noted by hand</translation>
    </message>
    <message>
        <source>叫过的号会列在这里</source>
        <translation>Numbers you call are listed here</translation>
    </message>
</context>
<context>
    <name>ManualSignIn</name>
    <message>
        <source>应急手动叫号</source>
        <translation>Calling by hand</translation>
    </message>
    <message>
        <source>大厅系统连接不上，暂时不能用密码登录。输入工号可以先手动叫号；连接恢复后请正常登录。</source>
        <translation>The hall cannot be reached, so no PIN can be checked. With your clerk number you can call by hand; sign in as usual when the hall is back.</translation>
    </message>
    <message>
        <source>工号（未核验，会注明）</source>
        <translation>Clerk number (not checked, and marked so)</translation>
    </message>
    <message>
        <source>开始手动叫号</source>
        <translation>Call by hand</translation>
    </message>
    <message>
        <source>回车</source>
        <translation>Enter</translation>
    </message>
</context>
<context>
    <name>MyDay</name>
    <message>
        <source>我的今天</source>
        <translation>My day</translation>
    </message>
    <message>
        <source>已办理</source>
        <translation>Served</translation>
    </message>
    <message>
        <source>人</source>
        <translation>people</translation>
    </message>
    <message>
        <source>过号</source>
        <translation>Missed</translation>
    </message>
    <message>
        <source>转出</source>
        <translation>Transferred</translation>
    </message>
    <message>
        <source>平均办理</source>
        <translation>Mean service</translation>
    </message>
    <message>
        <source>分钟</source>
        <translation>min</translation>
    </message>
    <message>
        <source>平均等候</source>
        <translation>Mean wait</translation>
    </message>
</context>
<context>
    <name>Now</name>
    <message>
        <source>请查验材料</source>
        <translation>Papers to check</translation>
    </message>
    <message>
        <source>暂停中，恢复服务后再叫号</source>
        <translation>Paused; resume before you call</translation>
    </message>
    <message>
        <source>请按下一位叫号</source>
        <translation>Press Next to call</translation>
    </message>
</context>
<context>
    <name>NumberEntry</name>
    <message>
        <source>如 A012</source>
        <translation>e.g. A012</translation>
    </message>
    <message>
        <source>号码</source>
        <translation>Number</translation>
    </message>
</context>
<context>
    <name>PickDialog</name>
    <message>
        <source>取消号票</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>回呼</source>
        <translation>Bring back</translation>
    </message>
    <message>
        <source>继续办理</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>呼叫</source>
        <translation>Call</translation>
    </message>
    <message>
        <source>没有号票</source>
        <translation>No tickets</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>回车</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>ReasonDialog</name>
    <message>
        <source>确定</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>或自己填写</source>
        <translation>Or in your own words</translation>
    </message>
</context>
<context>
    <name>SignIn</name>
    <message>
        <source>窗口叫号</source>
        <translation>Counter</translation>
    </message>
    <message>
        <source>正在连接大厅系统，请稍候</source>
        <translation>Connecting to the hall, one moment please</translation>
    </message>
    <message>
        <source>窗口登录</source>
        <translation>Sign in at the counter</translation>
    </message>
    <message>
        <source>工号</source>
        <translation>Clerk number</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>正在登录</source>
        <translation>Signing in</translation>
    </message>
    <message>
        <source>登录</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>回车</source>
        <translation>Enter</translation>
    </message>
</context>
<context>
    <name>TransferDialog</name>
    <message>
        <source>%1 转到哪里</source>
        <translation>Where does %1 go?</translation>
    </message>
    <message>
        <source>转移</source>
        <translation>Transfer</translation>
    </message>
    <message>
        <source>给同事的说明（可不填）</source>
        <translation>A note for your colleague (optional)</translation>
    </message>
    <message>
        <source>办完后回到本窗口</source>
        <translation>Returns to this window afterwards</translation>
    </message>
</context>
<context>
    <name>WhyDialog</name>
    <message>
        <source>为什么这样排</source>
        <translation>Why this order</translation>
    </message>
    <message>
        <source>正在查询…</source>
        <translation>Looking it up…</translation>
    </message>
</context>
<context>
    <name>counter</name>
    <message>
        <source>下一位</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>重呼</source>
        <translation>Recall</translation>
    </message>
    <message>
        <source>开始办理</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>办理完成</source>
        <translation>Finish</translation>
    </message>
    <message>
        <source>邀请评价</source>
        <translation>Ask for rating</translation>
    </message>
    <message>
        <source>过号</source>
        <translation>Miss</translation>
    </message>
    <message>
        <source>转移</source>
        <translation>Transfer</translation>
    </message>
    <message>
        <source>挂起</source>
        <translation>Hold</translation>
    </message>
    <message>
        <source>为什么</source>
        <translation>Why</translation>
    </message>
    <message>
        <source>预约</source>
        <translation>Book</translation>
    </message>
    <message>
        <source>取消号票</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>暂停服务</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>恢复服务</source>
        <translation>Resume</translation>
    </message>
    <message>
        <source>关闭窗口</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>显示姓名</source>
        <translation>Show name</translation>
    </message>
    <message>
        <source>小条</source>
        <translation>Bar</translation>
    </message>
    <message>
        <source>退出登录</source>
        <translation>Sign out</translation>
    </message>
    <message>
        <source>请稍候</source>
        <translation>One moment</translation>
    </message>
    <message>
        <source>现在没有人等候</source>
        <translation>Nobody is waiting now</translation>
    </message>
    <message>
        <source>连接中断，请稍候</source>
        <translation>Connection lost; one moment please</translation>
    </message>
    <message>
        <source>{number} 已呼叫，请先开始办理或记过号</source>
        <translation>{number} was called: start or mark as missed first</translation>
    </message>
    <message>
        <source>请先处理 {number}（完成、过号或转移）</source>
        <translation>Deal with {number} first (finish, miss or transfer)</translation>
    </message>
    <message>
        <source>窗口前没有号票，请先叫下一位</source>
        <translation>Nobody is at the window; call the next one first</translation>
    </message>
    <message>
        <source>{number} 已在办理</source>
        <translation>{number} is being served already</translation>
    </message>
    <message>
        <source>{number} 还没有开始办理</source>
        <translation>{number} has not been started</translation>
    </message>
    <message>
        <source>窗口已暂停，请先恢复服务</source>
        <translation>The window is paused; resume first</translation>
    </message>
    <message>
        <source>没有过号的号票</source>
        <translation>No ticket was missed</translation>
    </message>
    <message>
        <source>现在没有可以邀请评价的人</source>
        <translation>There is nobody to ask for a rating now</translation>
    </message>
    <message>
        <source>没有挂起的号票</source>
        <translation>No ticket is on hold</translation>
    </message>
    <message>
        <source>连接中断，没有执行</source>
        <translation>Connection lost; nothing was done</translation>
    </message>
    <message>
        <source>连接中断，恢复后自动确认</source>
        <translation>Connection lost; this is settled once it is back</translation>
    </message>
    <message>
        <source>中断前的操作未确认，请核对当前号票</source>
        <translation>What you did before the break is not confirmed; please check the current ticket</translation>
    </message>
    <message>
        <source>系统应答异常，请联系管理员</source>
        <translation>The hall answered oddly; please ask the manager</translation>
    </message>
    <message>
        <source>请先选择要转往的队列或窗口</source>
        <translation>Please choose the line or the window first</translation>
    </message>
    <message>
        <source>请选择或填写原因</source>
        <translation>Please choose or write a reason</translation>
    </message>
    <message>
        <source>请先选择一张号票</source>
        <translation>Please choose a ticket first</translation>
    </message>
    <message>
        <source>空闲</source>
        <translation>Idle</translation>
    </message>
    <message>
        <source>已呼叫</source>
        <translation>Called</translation>
    </message>
    <message>
        <source>办理中</source>
        <translation>Serving</translation>
    </message>
    <message>
        <source>已暂停</source>
        <translation>Paused</translation>
    </message>
    <message>
        <source>呼叫 {count} 次</source>
        <translation>Called {count}×</translation>
    </message>
    <message>
        <source>等了 {minutes} 分钟</source>
        <translation>Waited {minutes} min</translation>
    </message>
    <message>
        <source>没有登记姓名</source>
        <translation>No name given</translation>
    </message>
    <message>
        <source>未选事项</source>
        <translation>No matter chosen</translation>
    </message>
    <message>
        <source>通常 {minutes} 分钟</source>
        <translation>Usually {minutes} min</translation>
    </message>
    <message>
        <source>已超过通常的 {minutes} 分钟</source>
        <translation>Past the usual {minutes} min</translation>
    </message>
    <message>
        <source>办完后回到 {window} 号窗口</source>
        <translation>Returns to window {window} afterwards</translation>
    </message>
    <message>
        <source>等候 {count} 人</source>
        <translation>{count} waiting</translation>
    </message>
    <message>
        <source>{window} 号窗口</source>
        <translation>Window {window}</translation>
    </message>
    <message>
        <source>预约到时</source>
        <translation>Appointment</translation>
    </message>
    <message>
        <source>预约早到</source>
        <translation>Early for appointment</translation>
    </message>
    <message>
        <source>久候优先</source>
        <translation>Long wait</translation>
    </message>
    <message>
        <source>老年优先</source>
        <translation>Elderly</translation>
    </message>
    <message>
        <source>残疾优先</source>
        <translation>Disabled</translation>
    </message>
    <message>
        <source>军人优先</source>
        <translation>Soldier</translation>
    </message>
    <message>
        <source>消防优先</source>
        <translation>Firefighter</translation>
    </message>
    <message>
        <source>孕妇优先</source>
        <translation>Pregnant</translation>
    </message>
    <message>
        <source>转办</source>
        <translation>Sent here</translation>
    </message>
    <message>
        <source>回呼</source>
        <translation>Missed</translation>
    </message>
    <message>
        <source>继续</source>
        <translation>Held</translation>
    </message>
    <message>
        <source>选号</source>
        <translation>Pick</translation>
    </message>
    <message>
        <source>打错号，撤回</source>
        <translation>Wrong number: take back</translation>
    </message>
    <message>
        <source>离线中不能用此键，请手动叫号</source>
        <translation>This key does not work offline; call by hand</translation>
    </message>
    <message>
        <source>还没有叫号，请先输入号码</source>
        <translation>Nobody is called yet; type a number first</translation>
    </message>
    <message>
        <source>连接已恢复，正在并入手动记录，请稍候</source>
        <translation>The hall is back and takes in your notes; one moment</translation>
    </message>
    <message>
        <source>{number} 不是刚刚手动叫的，不能撤回</source>
        <translation>{number} was not just called by hand and cannot be taken back</translation>
    </message>
    <message>
        <source>过号返回</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>指定本窗口</source>
        <translation>For us</translation>
    </message>
    <message>
        <source>排在前面（{count}）</source>
        <translation>Before it ({count})</translation>
    </message>
    <message>
        <source>前面没有人</source>
        <translation>Nobody is before it</translation>
    </message>
    <message>
        <source>其他队列里先叫的（{count}）</source>
        <translation>Before it in other lines ({count})</translation>
    </message>
    <message>
        <source>等候期间被叫到（{count}）</source>
        <translation>Called while it waited ({count})</translation>
    </message>
    <message>
        <source>窗口怎样叫号</source>
        <translation>How the windows call</translation>
    </message>
    <message>
        <source>另有 {count} 人</source>
        <translation>and {count} more</translation>
    </message>
    <message>
        <source>待确认</source>
        <translation>To be confirmed</translation>
    </message>
    <message>
        <source>预约成功</source>
        <translation>Booked</translation>
    </message>
    <message>
        <source>已签到</source>
        <translation>Checked in</translation>
    </message>
    <message>
        <source>已取消</source>
        <translation>Cancelled</translation>
    </message>
    <message>
        <source>未确认，已失效</source>
        <translation>Not confirmed in time</translation>
    </message>
    <message>
        <source>未到</source>
        <translation>Did not come</translation>
    </message>
    <message>
        <source>请改约其他时间</source>
        <translation>Needs another time</translation>
    </message>
    <message>
        <source>登记候补</source>
        <translation>Join waiting list</translation>
    </message>
    <message>
        <source>查找</source>
        <translation>Find</translation>
    </message>
    <message>
        <source>改约</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>确定取消</source>
        <translation>Yes, cancel it</translation>
    </message>
    <message>
        <source>下一位来电</source>
        <translation>Next caller</translation>
    </message>
    <message>
        <source>已预约</source>
        <translation>Booked</translation>
    </message>
    <message>
        <source>已登记候补</source>
        <translation>On the waiting list</translation>
    </message>
    <message>
        <source>已改约</source>
        <translation>Changed</translation>
    </message>
    <message>
        <source>已取消预约</source>
        <translation>Cancelled</translation>
    </message>
    <message>
        <source>已确认预约</source>
        <translation>Confirmed</translation>
    </message>
    <message>
        <source>周一</source>
        <translation>Mon</translation>
    </message>
    <message>
        <source>周二</source>
        <translation>Tue</translation>
    </message>
    <message>
        <source>周三</source>
        <translation>Wed</translation>
    </message>
    <message>
        <source>周四</source>
        <translation>Thu</translation>
    </message>
    <message>
        <source>周五</source>
        <translation>Fri</translation>
    </message>
    <message>
        <source>周六</source>
        <translation>Sat</translation>
    </message>
    <message>
        <source>周日</source>
        <translation>Sun</translation>
    </message>
    <message>
        <source>今天</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>明天</source>
        <translation>Tomorrow</translation>
    </message>
    <message>
        <source>{month}月{day}日</source>
        <translation>{day}/{month}</translation>
    </message>
    <message>
        <source>{month}月{day}日 {weekday}</source>
        <translation>{weekday} {day}/{month}</translation>
    </message>
    <message>
        <source>余 {count}</source>
        <translation>{count} left</translation>
    </message>
    <message>
        <source>候补</source>
        <translation>Full</translation>
    </message>
    <message>
        <source>候补第 {place} 位。有空位时为其保留，留了手机号的会收到短信。</source>
        <translation>Number {place} on the waiting list. A free place is held for them; whoever left a mobile gets a message.</translation>
    </message>
    <message>
        <source>取消 {when} 的预约（{matter}）？位置会让给别人。</source>
        <translation>Cancel {when} ({matter})? The place goes to somebody else.</translation>
    </message>
    <message>
        <source>正在查询…</source>
        <translation>Asking…</translation>
    </message>
    <message>
        <source>选定事项后显示可约的日期</source>
        <translation>Days are shown once a matter is chosen</translation>
    </message>
    <message>
        <source>这个事项现在没有可约的日期</source>
        <translation>No day can be booked for this matter now</translation>
    </message>
    <message>
        <source>当天已约满，可以登记候补</source>
        <translation>This day is full; join the waiting list</translation>
    </message>
    <message>
        <source>没有有效的预约</source>
        <translation>No live booking</translation>
    </message>
    <message>
        <source>请先选定事项</source>
        <translation>Choose a matter first</translation>
    </message>
    <message>
        <source>请填写姓名</source>
        <translation>Fill in the name</translation>
    </message>
    <message>
        <source>请选择日期和时间</source>
        <translation>Choose day and time</translation>
    </message>
    <message>
        <source>请输入身份证号或预约码</source>
        <translation>Enter an ID number or a booking code</translation>
    </message>
    <message>
        <source>已输入 {count} 位，共 18 位</source>
        <translation>{count} of 18 characters</translation>
    </message>
    <message>
        <source>✓ 号码校验通过</source>
        <translation>✓ The number is right</translation>
    </message>
    <message>
        <source>号码有误，请再核对一遍</source>
        <translation>The number is wrong; check it again</translation>
    </message>
    <message>
        <source>短暂离开</source>
        <translation>Back in a moment</translation>
    </message>
    <message>
        <source>整理材料</source>
        <translation>Sorting papers</translation>
    </message>
    <message>
        <source>午休</source>
        <translation>Lunch</translation>
    </message>
    <message>
        <source>会议</source>
        <translation>Meeting</translation>
    </message>
    <message>
        <source>设备故障</source>
        <translation>Device fault</translation>
    </message>
    <message>
        <source>行动不便</source>
        <translation>Walks with difficulty</translation>
    </message>
    <message>
        <source>带小孩或孕妇</source>
        <translation>With a child, or pregnant</translation>
    </message>
    <message>
        <source>材料已补齐</source>
        <translation>Papers are complete now</translation>
    </message>
    <message>
        <source>刚才未办完</source>
        <translation>Was not finished before</translation>
    </message>
    <message>
        <source>办事人放弃</source>
        <translation>The citizen gave up</translation>
    </message>
    <message>
        <source>取错队列</source>
        <translation>Wrong line</translation>
    </message>
    <message>
        <source>材料不齐，改日再来</source>
        <translation>Papers missing, comes another day</translation>
    </message>
    <message>
        <source>可以开放</source>
        <translation>Free to open</translation>
    </message>
    <message>
        <source>您已在此上岗</source>
        <translation>You are on duty here</translation>
    </message>
    <message>
        <source>{clerk} 在岗</source>
        <translation>{clerk} is on duty</translation>
    </message>
    <message>
        <source>{clerk} 暂停中</source>
        <translation>{clerk} is pausing</translation>
    </message>
    <message>
        <source>离线 · 手动叫号</source>
        <translation>Offline · calling by hand</translation>
    </message>
    <message>
        <source>自 {time}</source>
        <translation>since {time}</translation>
    </message>
    <message>
        <source>{window} 号窗口，上次登录：{clerk}</source>
        <translation>Window {window}, last signed in: {clerk}</translation>
    </message>
    <message>
        <source>已叫号</source>
        <translation>Called</translation>
    </message>
    <message>
        <source>已开始</source>
        <translation>Started</translation>
    </message>
    <message>
        <source>已完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>已过号</source>
        <translation>Missed</translation>
    </message>
    <message>
        <source>连接已恢复，正在并入手动记录</source>
        <translation>The hall is back and takes in your notes</translation>
    </message>
    <message>
        <source>连接已恢复，办完 {number} 后转为正常叫号</source>
        <translation>The hall is back; normal calling goes on after {number}</translation>
    </message>
    <message>
        <source>工号 {clerk}（离线，未核验）</source>
        <translation>Clerk {clerk} (offline, not checked)</translation>
    </message>
    <message>
        <source>这台电脑还没有上过岗，离线时不能叫号</source>
        <translation>Nobody has worked at this computer yet; it cannot call while offline</translation>
    </message>
    <message>
        <source>请输入工号</source>
        <translation>Type your clerk number</translation>
    </message>
    <message>
        <source>请输入号票上的号码，如 A012</source>
        <translation>Type the number on the slip, such as A012</translation>
    </message>
    <message>
        <source>“{typed}”不是号码。请按号票输入字母和数字，如 A012</source>
        <translation>“{typed}” is no number. Type the letter and digits of the slip, such as A012</translation>
    </message>
    <message>
        <source>大厅没有 {lane} 开头的号，请核对</source>
        <translation>The hall has no numbers that begin with {lane}; please check</translation>
    </message>
    <message>
        <source>本窗口平时不叫 {lane} 号。确认要叫 {number}，请再按一次回车</source>
        <translation>This window does not usually call {lane}. Press Enter again to call {number}</translation>
    </message>
    <message>
        <source>{number} 已叫号，请先按开始办理或过号</source>
        <translation>{number} is called; start or mark as missed first</translation>
    </message>
    <message>
        <source>{number} 已在窗口前</source>
        <translation>{number} is at your window already</translation>
    </message>
    <message>
        <source>没有记下：本机磁盘写不进去，请改用纸笔并告诉管理员</source>
        <translation>Not noted: this computer&apos;s disk cannot be written. Use paper and tell the manager</translation>
    </message>
    <message>
        <source>断线前按的“{action}”没有确认：大屏若已叫号，请输入那个号</source>
        <translation>“{action}” was not confirmed before the line was lost: if the board called a number, type it</translation>
    </message>
    <message>
        <source>已撤回</source>
        <translation>Taken back</translation>
    </message>
    <message>
        <source>已并入</source>
        <translation>Taken in</translation>
    </message>
    <message>
        <source>断线前已在窗口</source>
        <translation>At the window before</translation>
    </message>
    <message>
        <source>手动叫号 {done} 个已并入</source>
        <translation>Calls by hand taken in: {done}</translation>
    </message>
    <message>
        <source>{count} 个等待取号机恢复</source>
        <translation>{count} wait for a kiosk to come back</translation>
    </message>
    <message>
        <source>{count} 个与大厅记录不符，等管理员裁定</source>
        <translation>{count} do not fit the hall&apos;s record and wait for the manager</translation>
    </message>
    <message>
        <source>{count} 个系统没有接受，请告诉管理员</source>
        <translation>{count} were not accepted; please tell the manager</translation>
    </message>
    <message>
        <source>连接中断，暂时不能登录，请稍候再试</source>
        <translation>Connection lost; signing in must wait a moment</translation>
    </message>
    <message>
        <source>登录已失效，请重新登录</source>
        <translation>Your session has ended; please sign in again</translation>
    </message>
    <message>
        <source>这台电脑的登记已停用，请联系管理员</source>
        <translation>This computer&apos;s enrolment was revoked; please ask the manager</translation>
    </message>
    <message>
        <source>大厅没有 {window} 号窗口，请联系管理员</source>
        <translation>The hall has no window {window}; please ask the manager</translation>
    </message>
    <message>
        <source>连接中断 · 数据更新于 {time}</source>
        <translation>Connection lost · as of {time}</translation>
    </message>
    <message>
        <source>正在连接大厅系统，请稍候</source>
        <translation>Connecting to the hall, one moment please</translation>
    </message>
    <message>
        <source>按键设置文件无法读取，使用默认按键</source>
        <translation>The key file cannot be read; the default keys are used</translation>
    </message>
    <message>
        <source>按键设置文件格式有误，使用默认按键：{where}</source>
        <translation>The key file is not well formed; the default keys are used: {where}</translation>
    </message>
    <message>
        <source>按键设置缺少 [keys]，使用默认按键</source>
        <translation>The key file has no [keys] table; the default keys are used</translation>
    </message>
    <message>
        <source>按键设置中没有这个操作：{where}</source>
        <translation>The key file names an unknown action: {where}</translation>
    </message>
    <message>
        <source>按键设置只能用 F1-F12：{where}</source>
        <translation>The key file may use F1-F12 only: {where}</translation>
    </message>
    <message>
        <source>按键 {where} 设置了两次，已使用默认按键</source>
        <translation>Key {where} is set twice; the default keys are used</translation>
    </message>
</context>
</TS>
