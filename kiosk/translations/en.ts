<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>Book</name>
    <message>
        <source>预约：请选择</source>
        <translation>Booking: please choose</translation>
    </message>
    <message>
        <source>预约一个时间</source>
        <translation>Book a time</translation>
    </message>
    <message>
        <source>我的预约：改期、取消</source>
        <translation>My bookings: change or cancel</translation>
    </message>
</context>
<context>
    <name>BookDays</name>
    <message>
        <source>改到哪一天？</source>
        <translation>Move it to which day?</translation>
    </message>
    <message>
        <source>哪一天来办？</source>
        <translation>Which day suits you?</translation>
    </message>
    <message>
        <source>今天 %1月%2日</source>
        <translation>Today %2/%1</translation>
    </message>
    <message>
        <source>明天 %1月%2日</source>
        <translation>Tomorrow %2/%1</translation>
    </message>
    <message>
        <source>已约满，可候补</source>
        <translation>Full, waiting list</translation>
    </message>
    <message>
        <source>余 %1 个</source>
        <translation>%1 left</translation>
    </message>
    <message>
        <source>近期没有可预约的时间，请到咨询台问问，或当天来取号</source>
        <translation>There is nothing to book just now. Please ask at the information desk, or take a number on the day.</translation>
    </message>
    <message>
        <source>返回首页取号</source>
        <translation>Home, to take a number</translation>
    </message>
</context>
<context>
    <name>BookDone</name>
    <message>
        <source>正在打印预约凭证，请稍候</source>
        <translation>Printing your confirmation, one moment</translation>
    </message>
    <message>
        <source>请在下方出票口取预约凭证</source>
        <translation>Please take your confirmation from the slot below</translation>
    </message>
    <message>
        <source>没能确认凭证是否打印完整，请看一下出票口，也可以用手机扫码带走</source>
        <translation>We cannot tell if it was printed in full. Please look at the slot, or take it with your phone.</translation>
    </message>
    <message>
        <source>没有打印凭证：请用手机扫码带走，或记下预约码</source>
        <translation>No paper: take it with your phone, or note the code</translation>
    </message>
    <message>
        <source>已登记候补</source>
        <translation>You are on the waiting list</translation>
    </message>
    <message>
        <source>已改期</source>
        <translation>Moved</translation>
    </message>
    <message>
        <source>预约成功</source>
        <translation>Booked</translation>
    </message>
    <message>
        <source>候补排在您前面的有 %1 人</source>
        <translation>%1 wait for a place before you</translation>
    </message>
    <message>
        <source>您排在候补第一位</source>
        <translation>You are first on the waiting list</translation>
    </message>
    <message>
        <source>有空位时会为您保留 60 分钟，可在自助机“我的预约”里查看并确认</source>
        <translation>A place that comes free is kept for you for 60 minutes. Look under &quot;My bookings&quot; at a kiosk to confirm it.</translation>
    </message>
    <message>
        <source>请别忘了取回身份证</source>
        <translation>Please take your card</translation>
    </message>
    <message>
        <source>预约码：来时扫码、刷身份证或输入它签到</source>
        <translation>Booking code: check in with it, the QR code or your ID card</translation>
    </message>
    <message>
        <source>试着打印</source>
        <translation>Try to print</translation>
    </message>
    <message>
        <source>再打印一张</source>
        <translation>Print again</translation>
    </message>
    <message>
        <source>正在打印</source>
        <translation>Printing</translation>
    </message>
    <message>
        <source>好了</source>
        <translation>Done</translation>
    </message>
</context>
<context>
    <name>BookGiveUp</name>
    <message>
        <source>要取消这个预约吗？</source>
        <translation>Cancel this booking?</translation>
    </message>
    <message>
        <source>取消后位置马上让给别人，不能恢复</source>
        <translation>The place goes to others at once and cannot be restored.</translation>
    </message>
    <message>
        <source>确定取消</source>
        <translation>Yes, cancel it</translation>
    </message>
    <message>
        <source>不取消，保留</source>
        <translation>No, keep it</translation>
    </message>
</context>
<context>
    <name>BookHold</name>
    <message>
        <source>时间到了，这个位置已让给别人，请重新选择</source>
        <translation>The time is up and the place has gone to others. Please choose again.</translation>
    </message>
    <message>
        <source>联系不上系统，请稍候</source>
        <translation>The system cannot be reached, one moment please</translation>
    </message>
    <message>
        <source>还没有约上</source>
        <translation>Not booked yet</translation>
    </message>
    <message>
        <source>正在预留位置，请稍候</source>
        <translation>Keeping a place for you, one moment</translation>
    </message>
    <message>
        <source>请核对，然后改到这个时间</source>
        <translation>Check, then move to this time</translation>
    </message>
    <message>
        <source>请核对，然后确认预约</source>
        <translation>Check, then confirm the booking</translation>
    </message>
    <message>
        <source>原来的时间：%1 %2</source>
        <translation>Now booked: %1 %2</translation>
    </message>
    <message>
        <source>预约人：%1</source>
        <translation>For: %1</translation>
    </message>
    <message>
        <source>请准备：%1</source>
        <translation>Please bring: %1</translation>
    </message>
    <message>
        <source>位置为您保留，请在 %1 分钟内确认</source>
        <translation>The place is kept for you: confirm within %1 min</translation>
    </message>
    <message>
        <source>选别的时间</source>
        <translation>Another time</translation>
    </message>
    <message>
        <source>看我的预约</source>
        <translation>My bookings</translation>
    </message>
    <message>
        <source>请稍候</source>
        <translation>One moment</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>改到这个时间</source>
        <translation>Move to this time</translation>
    </message>
    <message>
        <source>确认预约</source>
        <translation>Confirm</translation>
    </message>
</context>
<context>
    <name>BookMine</name>
    <message>
        <source>您的预约</source>
        <translation>Your bookings</translation>
    </message>
    <message>
        <source>没有您的预约</source>
        <translation>No bookings of yours</translation>
    </message>
    <message>
        <source>预约一个时间</source>
        <translation>Book a time</translation>
    </message>
    <message>
        <source>返回首页</source>
        <translation>Home</translation>
    </message>
</context>
<context>
    <name>BookTimes</name>
    <message>
        <source>%1，几点来？</source>
        <translation>%1, at what time?</translation>
    </message>
    <message>
        <source>余 %1 个</source>
        <translation>%1 left</translation>
    </message>
    <message>
        <source>这一天刚刚约满了，请选别的日子</source>
        <translation>This day has just filled up. Please choose another.</translation>
    </message>
    <message>
        <source>选别的日子</source>
        <translation>Another day</translation>
    </message>
</context>
<context>
    <name>BookingRow</name>
    <message>
        <source>有空位了，请确认</source>
        <translation>A place is free: please confirm</translation>
    </message>
    <message>
        <source>这个时间办不了，请改期</source>
        <translation>This time cannot be kept: please change it</translation>
    </message>
    <message>
        <source>预约码 %1</source>
        <translation>Code %1</translation>
    </message>
    <message>
        <source>确认</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>改期</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>不要</source>
        <translation>No</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>CheckIn</name>
    <message>
        <source>正在签到，请稍候</source>
        <translation>Checking in, one moment</translation>
    </message>
    <message>
        <source>请放身份证，或扫预约码</source>
        <translation>Lay down your ID card, or scan your code</translation>
    </message>
    <message>
        <source>请扫预约凭证上的码</source>
        <translation>Please scan the code of your booking</translation>
    </message>
    <message>
        <source>请输入预约码签到</source>
        <translation>Type your booking code to check in</translation>
    </message>
    <message>
        <source>身份证放在下方感应区</source>
        <translation>ID card: on the reader below</translation>
    </message>
    <message>
        <source>读卡器现在不能用，请扫码或输入预约码</source>
        <translation>The card reader is out of order. Please scan or type your code.</translation>
    </message>
    <message>
        <source>纸上或手机上的二维码，对准扫码口</source>
        <translation>QR code, on paper or phone: before the scanner</translation>
    </message>
    <message>
        <source>手动输入预约码（10 位）</source>
        <translation>Type the booking code (10 characters)</translation>
    </message>
</context>
<context>
    <name>CheckInCode</name>
    <message>
        <source>正在签到，请稍候</source>
        <translation>Checking in, one moment</translation>
    </message>
    <message>
        <source>请输入 10 位预约码</source>
        <translation>Type the 10 characters of your code</translation>
    </message>
    <message>
        <source>还差 %1 位。没有字母 I、L、O、U：像的是数字 1 和 0</source>
        <translation>%1 to go. There is no I, L, O or U: they are the digits 1 and 0</translation>
    </message>
    <message>
        <source>已输完，请点“签到”</source>
        <translation>Complete: touch &quot;Check in&quot;</translation>
    </message>
    <message>
        <source>删除一位</source>
        <translation>Delete one</translation>
    </message>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>签到</source>
        <translation>Check in</translation>
    </message>
</context>
<context>
    <name>CheckInNo</name>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>用身份证签到</source>
        <translation>Check in with the ID card</translation>
    </message>
    <message>
        <source>重新扫码</source>
        <translation>Scan again</translation>
    </message>
    <message>
        <source>重新输入预约码</source>
        <translation>Type the code again</translation>
    </message>
    <message>
        <source>看我的预约，改期或取消</source>
        <translation>My bookings: change or cancel</translation>
    </message>
    <message>
        <source>已有号，补打号票</source>
        <translation>I have a number: print it again</translation>
    </message>
    <message>
        <source>返回首页</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>返回首页取号</source>
        <translation>Home, to take a number</translation>
    </message>
    <message>
        <source>正在签到，请稍候</source>
        <translation>Checking in, one moment</translation>
    </message>
    <message>
        <source>还没有签到</source>
        <translation>Not checked in yet</translation>
    </message>
</context>
<context>
    <name>Closed</name>
    <message>
        <source>%1现在不在服务时间</source>
        <translation>%1 is closed now</translation>
    </message>
    <message>
        <source>%1暂停取号</source>
        <translation>%1: no numbers for now</translation>
    </message>
    <message>
        <source>预约其他时间</source>
        <translation>Book another time</translation>
    </message>
    <message>
        <source>看看别的队列</source>
        <translation>See the other lines</translation>
    </message>
</context>
<context>
    <name>Code</name>
    <message>
        <source>等候较长，可先离开，用手机扫码看进度</source>
        <translation>A long wait: you may leave and follow your place on your phone</translation>
    </message>
    <message>
        <source>请在大厅等候，留意叫号</source>
        <translation>Please wait in the hall and listen for your number</translation>
    </message>
    <message>
        <source>正在叫您，请到 %1 号窗口</source>
        <translation>You are being called: please go to window %1</translation>
    </message>
    <message>
        <source>已过号。可以在这里恢复一次，重新排队</source>
        <translation>Your call was missed. You can rejoin the line here, once.</translation>
    </message>
    <message>
        <source>这个号已恢复过一次又过号了，请重新取号</source>
        <translation>This number was missed again after rejoining. Please take a new one.</translation>
    </message>
    <message>
        <source>这个号已经办完了</source>
        <translation>This number has been served</translation>
    </message>
    <message>
        <source>这个号已经取消，需要的话请重新取号</source>
        <translation>This number was given up. Take a new one if you need it.</translation>
    </message>
    <message>
        <source>这个号已经失效，请重新取号</source>
        <translation>This number is no longer valid. Please take a new one.</translation>
    </message>
    <message>
        <source>您的号码</source>
        <translation>Your number</translation>
    </message>
    <message>
        <source>为什么还没轮到我：打印排队说明</source>
        <translation>Why am I still waiting? Print it</translation>
    </message>
    <message>
        <source>补打号票</source>
        <translation>Print again</translation>
    </message>
    <message>
        <source>恢复排队</source>
        <translation>Rejoin the line</translation>
    </message>
    <message>
        <source>好了</source>
        <translation>Done</translation>
    </message>
</context>
<context>
    <name>Confirm</name>
    <message>
        <source>这台打印机不能确认出票，号码也会显示在屏幕上</source>
        <translation>This printer cannot confirm a slip; the number will be on the screen too</translation>
    </message>
    <message>
        <source>请记住或拍照带走</source>
        <translation>remember it or take a photo</translation>
    </message>
    <message>
        <source>可用手机扫码带走</source>
        <translation>or scan it with your phone</translation>
    </message>
    <message>
        <source>打印纸用完了：号码会显示在屏幕上，%1</source>
        <translation>No paper: your number will be on the screen; %1</translation>
    </message>
    <message>
        <source>打印机盖开着：号码会显示在屏幕上，%1</source>
        <translation>The printer is open: your number will be on the screen; %1</translation>
    </message>
    <message>
        <source>打印机现在不能用：号码会显示在屏幕上，%1</source>
        <translation>The printer is out of order: your number will be on the screen; %1</translation>
    </message>
    <message>
        <source>联系不上系统，没有取到号。请再试一次，或找工作人员</source>
        <translation>The hall cannot be reached. No number was taken. Try again, or ask the staff</translation>
    </message>
    <message>
        <source>还不知道号取到没有。请再点一次，不会重复取号</source>
        <translation>It is not certain whether you got a number. Touch again: you will not get two</translation>
    </message>
    <message>
        <source>打印机刚刚停了，还没有取号</source>
        <translation>The printer has just stopped. No number was taken yet</translation>
    </message>
    <message>
        <source>联系不上系统，暂时不能取号</source>
        <translation>The hall cannot be reached: no numbers just now</translation>
    </message>
    <message>
        <source>离线取号：等候人数以现场叫号为准</source>
        <translation>Offline number: follow the calls in the hall</translation>
    </message>
    <message>
        <source>请核对，然后取号</source>
        <translation>Check, then take a number</translation>
    </message>
    <message>
        <source>取号人：%1</source>
        <translation>For: %1</translation>
    </message>
    <message>
        <source>优先照顾：%1（排队时间提前 %2 分钟）</source>
        <translation>Priority: %1 (%2 minutes earlier in line)</translation>
    </message>
    <message>
        <source>我可以优先</source>
        <translation>I have priority</translation>
    </message>
    <message>
        <source>我可以优先（残疾人、军人、消防、孕妇）</source>
        <translation>I have priority (disability, service, pregnancy)</translation>
    </message>
    <message>
        <source>更改优先照顾</source>
        <translation>Change priority</translation>
    </message>
    <message>
        <source>正在取号，请稍候</source>
        <translation>Taking your number</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>取号</source>
        <translation>Take a number</translation>
    </message>
    <message>
        <source>在屏幕上取号</source>
        <translation>Number on the screen</translation>
    </message>
</context>
<context>
    <name>Done</name>
    <message>
        <source>已签到。您约在 %1，到时间优先叫号</source>
        <translation>Checked in. Booked for %1: called first from then on</translation>
    </message>
    <message>
        <source>已按时签到（约在 %1），优先叫号</source>
        <translation>Checked in on time for %1: you are called first</translation>
    </message>
    <message>
        <source>已签到。约在 %1，已迟到，按签到时间排队</source>
        <translation>Checked in late for %1: your turn counts from now</translation>
    </message>
    <message>
        <source>正在出票，请稍候</source>
        <translation>Printing your slip, please wait</translation>
    </message>
    <message>
        <source>已补打，请在下方出票口取票</source>
        <translation>Printed again: take your slip below</translation>
    </message>
    <message>
        <source>请在下方出票口取票</source>
        <translation>Take your slip below</translation>
    </message>
    <message>
        <source>好的，请凭号票等候叫号</source>
        <translation>Thank you. Please keep the slip and wait for your call</translation>
    </message>
    <message>
        <source>这个号已取消，需要时请重新取号</source>
        <translation>This number is cancelled. Take a new one when you need it</translation>
    </message>
    <message>
        <source>没能确认号票是否打印完整，请看一下出票口</source>
        <translation>We could not tell whether the slip came out whole. Please look at the slot</translation>
    </message>
    <message>
        <source>没有号票：请记住号码，或用手机扫码带走</source>
        <translation>No slip: remember the number, or scan it with your phone</translation>
    </message>
    <message>
        <source>没有号票：请记住号码，或拍照带走</source>
        <translation>No slip: remember the number, or take a photo of it</translation>
    </message>
    <message>
        <source>您的号码</source>
        <translation>Your number</translation>
    </message>
    <message>
        <source>请到 %1 号窗口</source>
        <translation>Please go to window %1</translation>
    </message>
    <message>
        <source>请留意叫号</source>
        <translation>Watch for your call</translation>
    </message>
    <message>
        <source>离线取号：等候人数以现场叫号为准</source>
        <translation>Offline number: follow the calls in the hall</translation>
    </message>
    <message>
        <source>请别忘了取回身份证</source>
        <translation>Please take your card</translation>
    </message>
    <message>
        <source>号票拿到了吗？</source>
        <translation>Do you have your slip?</translation>
    </message>
    <message>
        <source>拿到了，号码清楚</source>
        <translation>Yes, and I can read it</translation>
    </message>
    <message>
        <source>没有，补打一张</source>
        <translation>No, print it again</translation>
    </message>
    <message>
        <source>没有，改用手机扫码</source>
        <translation>No, show me the QR code</translation>
    </message>
    <message>
        <source>没有，我记住号码</source>
        <translation>No, I will remember the number</translation>
    </message>
    <message>
        <source>不要这个号了</source>
        <translation>I no longer want this number</translation>
    </message>
    <message>
        <source>%1 秒后仍未选择，此号将取消</source>
        <translation>Without an answer, this number is cancelled in %1 s</translation>
    </message>
    <message>
        <source>请选一项；不选就离开，此号将取消</source>
        <translation>Please choose. If you leave without an answer, this number is cancelled</translation>
    </message>
    <message>
        <source>扫码看进度</source>
        <translation>Scan to follow your place</translation>
    </message>
    <message>
        <source>试着打印</source>
        <translation>Try to print</translation>
    </message>
    <message>
        <source>补打号票</source>
        <translation>Print again</translation>
    </message>
    <message>
        <source>正在出票</source>
        <translation>Printing</translation>
    </message>
    <message>
        <source>好了（%1 秒后返回首页）</source>
        <translation>Done (home in %1 s)</translation>
    </message>
    <message>
        <source>好了</source>
        <translation>Done</translation>
    </message>
</context>
<context>
    <name>Emptiness</name>
    <message>
        <source>正在查询，请稍候</source>
        <translation>Looking, one moment</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
</context>
<context>
    <name>Found</name>
    <message>
        <source>您已经有号了</source>
        <translation>You already hold a number</translation>
    </message>
    <message>
        <source>请选择要补打的号</source>
        <translation>Which one to print again?</translation>
    </message>
    <message>
        <source>今天没有您的号</source>
        <translation>You hold no number today</translation>
    </message>
    <message>
        <source>这张身份证今天没有正在等候的号，可以返回取号</source>
        <translation>This card holds no number today. You can go home and take one</translation>
    </message>
    <message>
        <source>返回首页</source>
        <translation>Home</translation>
    </message>
</context>
<context>
    <name>Frame</name>
    <message>
        <source>%1月%2日 %3</source>
        <translation>%3 %2/%1</translation>
    </message>
    <message>
        <source>标准字</source>
        <translation>Normal type</translation>
    </message>
    <message>
        <source>大字</source>
        <translation>Large type</translation>
    </message>
    <message>
        <source>恢复高度</source>
        <translation>Full height</translation>
    </message>
    <message>
        <source>低位</source>
        <translation>Lower</translation>
    </message>
    <message>
        <source>人工帮助</source>
        <translation>Staff help</translation>
    </message>
    <message>
        <source>系统暂时不能保存，仍可取号</source>
        <translation>The hall cannot save just now; numbers are still given</translation>
    </message>
    <message>
        <source>系统暂时不能保存，不能取号，请联系工作人员</source>
        <translation>The hall cannot save just now: no numbers. Please ask the staff</translation>
    </message>
    <message>
        <source>联系不上系统，暂时不能取号。数据更新于 %1</source>
        <translation>The hall cannot be reached: no numbers just now. Last updated at %1</translation>
    </message>
    <message>
        <source>联系不上系统，仍可离线取号。数据更新于 %1</source>
        <translation>The hall&apos;s system cannot be reached; numbers are still given. Last updated at %1</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>首页</source>
        <translation>Home</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>我们来帮您</source>
        <translation>We are here to help</translation>
    </message>
    <message>
        <source>请到 %1 号窗口（%2）</source>
        <translation>Window %1 (%2)</translation>
    </message>
    <message>
        <source>请到大厅咨询台</source>
        <translation>Please come to the help desk</translation>
    </message>
    <message>
        <source>现在有工作人员，可免费帮办代办</source>
        <translation>Staff are there now; help is free</translation>
    </message>
    <message>
        <source>窗口暂时没有人，请就近找大厅工作人员</source>
        <translation>Nobody is at that window now; please ask any member of staff</translation>
    </message>
    <message>
        <source>知道了，继续</source>
        <translation>Got it</translation>
    </message>
</context>
<context>
    <name>Home</name>
    <message>
        <source>您好，请选择要办的事</source>
        <translation>Welcome. What do you need?</translation>
    </message>
    <message>
        <source>预约办理</source>
        <translation>Book a visit</translation>
    </message>
    <message>
        <source>预约签到</source>
        <translation>Check in</translation>
    </message>
    <message>
        <source>按名称查找事项</source>
        <translation>Find a matter by name</translation>
    </message>
    <message>
        <source>查找事项</source>
        <translation>Find a matter</translation>
    </message>
    <message>
        <source>把号票或预约凭证上的码对准扫码口，查看排队或签到</source>
        <translation>Hold a slip or booking to the scanner: see your place, or check in</translation>
    </message>
    <message>
        <source>补打号票</source>
        <translation>Print again</translation>
    </message>
</context>
<context>
    <name>Identity</name>
    <message>
        <source>读卡器现在不能用</source>
        <translation>The card reader is not working</translation>
    </message>
    <message>
        <source>已读到您的身份证</source>
        <translation>Your card was read</translation>
    </message>
    <message>
        <source>请将身份证放在下方感应区</source>
        <translation>Lay your ID card on the reader below</translation>
    </message>
    <message>
        <source>已记下您的证件号</source>
        <translation>Your ID number is noted</translation>
    </message>
    <message>
        <source>您年满 65 岁，可优先办理</source>
        <translation>You are 65 or over: you have priority</translation>
    </message>
    <message>
        <source>到窗口时请带好证件原件</source>
        <translation>Please bring your original ID to the window</translation>
    </message>
    <message>
        <source>补打号票请到咨询台，我们帮您办理</source>
        <translation>For another slip, please come to the help desk</translation>
    </message>
    <message>
        <source>没关系，不刷卡也可以取号</source>
        <translation>Never mind: you can take a number without a card</translation>
    </message>
    <message>
        <source>改期、取消请用手机扫预约凭证，或到咨询台</source>
        <translation>To change or cancel, scan your confirmation with a phone, or ask at the desk</translation>
    </message>
    <message>
        <source>没关系，可以手动输入证件号预约</source>
        <translation>Never mind: you can type the number instead</translation>
    </message>
    <message>
        <source>用来查找您今天已取的号，不保存照片</source>
        <translation>To find the numbers you took today. No photo is kept</translation>
    </message>
    <message>
        <source>刷卡后可优先照顾老年人，丢了号票也能补打。不保存照片</source>
        <translation>With a card, older people get priority, and a lost slip can be printed again. No photo is kept</translation>
    </message>
    <message>
        <source>用来查找您的预约，不保存照片</source>
        <translation>To find your bookings; no photo is kept</translation>
    </message>
    <message>
        <source>预约要有证件号，到时凭身份证签到。不保存照片</source>
        <translation>A booking needs an ID number; check in with the card. No photo is kept</translation>
    </message>
    <message>
        <source>重新输入</source>
        <translation>Type again</translation>
    </message>
    <message>
        <source>手动输入证件号</source>
        <translation>Type ID number</translation>
    </message>
    <message>
        <source>继续</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>不刷卡，继续</source>
        <translation>Continue without a card</translation>
    </message>
    <message>
        <source>继续取号</source>
        <translation>Go on</translation>
    </message>
</context>
<context>
    <name>Keyboard</name>
    <message>
        <source>删除一个字</source>
        <translation>Delete one letter</translation>
    </message>
</context>
<context>
    <name>LaneKey</name>
    <message>
        <source>等候 %1 人</source>
        <translation>%1 waiting</translation>
    </message>
    <message>
        <source>现在不取号</source>
        <translation>No numbers now</translation>
    </message>
    <message>
        <source>离线取号</source>
        <translation>Offline number</translation>
    </message>
    <message>
        <source>取号至 %1</source>
        <translation>Numbers until %1</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>自助取号</source>
        <translation>Take a number</translation>
    </message>
    <message>
        <source>正在连接大厅系统，请稍候</source>
        <translation>Connecting to the hall, please wait</translation>
    </message>
    <message>
        <source>这台取号机已停用，请到咨询台取号</source>
        <translation>This kiosk is out of service. Please come to the help desk</translation>
    </message>
</context>
<context>
    <name>Matter</name>
    <message>
        <source>承诺 %1 个工作日办结</source>
        <translation>Done within %1 working days</translation>
    </message>
    <message>
        <source>当场办结</source>
        <translation>Done on the spot</translation>
    </message>
    <message>
        <source>请准备这些材料</source>
        <translation>Please bring</translation>
    </message>
    <message>
        <source>不需要准备材料</source>
        <translation>Nothing to bring</translation>
    </message>
    <message>
        <source>办这件事，去取号</source>
        <translation>Take a number for this</translation>
    </message>
    <message>
        <source>办这件事，选日期</source>
        <translation>Choose a day for this</translation>
    </message>
</context>
<context>
    <name>MatterKey</name>
    <message>
        <source>%1 个工作日</source>
        <translation>%1 working days</translation>
    </message>
    <message>
        <source>当场办结</source>
        <translation>Done on the spot</translation>
    </message>
    <message>
        <source>一件事</source>
        <translation>All in one</translation>
    </message>
</context>
<context>
    <name>Number</name>
    <message>
        <source>共 18 位，请照着证件输入</source>
        <translation>18 characters, as on your card</translation>
    </message>
    <message>
        <source>还差 %1 位</source>
        <translation>%1 more to go</translation>
    </message>
    <message>
        <source>第一位对不上，请再核对</source>
        <translation>The first digit does not fit. Please compare.</translation>
    </message>
    <message>
        <source>出生日期对不上，请再核对第 7 至 14 位</source>
        <translation>The birth date does not fit. Please compare digits 7 to 14.</translation>
    </message>
    <message>
        <source>最后一位对不上，请再核对</source>
        <translation>The last character does not fit. Please compare.</translation>
    </message>
    <message>
        <source>号码已核对</source>
        <translation>The number is right</translation>
    </message>
    <message>
        <source>请输入证件号码</source>
        <translation>Please type your ID number</translation>
    </message>
    <message>
        <source>不是 18 位的证件，可以返回后不刷卡取号</source>
        <translation>Not 18 characters? Go back and take a number without it</translation>
    </message>
    <message>
        <source>删除一位</source>
        <translation>Delete one</translation>
    </message>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>确定</source>
        <translation>Confirm</translation>
    </message>
</context>
<context>
    <name>Pager</name>
    <message>
        <source>上一页</source>
        <translation>Previous</translation>
    </message>
    <message>
        <source>%1 / %2 页</source>
        <translation>Page %1 of %2</translation>
    </message>
    <message>
        <source>下一页</source>
        <translation>Next</translation>
    </message>
</context>
<context>
    <name>Priority</name>
    <message>
        <source>您属于哪一种？</source>
        <translation>Which applies to you?</translation>
    </message>
    <message>
        <source>请到窗口时出示证件</source>
        <translation>Show your certificate at the window</translation>
    </message>
</context>
<context>
    <name>Search</name>
    <message>
        <source>要查找的事项</source>
        <translation>Matter to find</translation>
    </message>
    <message>
        <source>拼音或首字母</source>
        <translation>Pinyin or initials</translation>
    </message>
    <message>
        <source>输入拼音或首字母，如 BDC 找“不动产”</source>
        <translation>Pinyin or initials, e.g. BDC for 不动产</translation>
    </message>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>继续输入</source>
        <translation>Keep typing</translation>
    </message>
    <message>
        <source>看结果 %1</source>
        <translation>Results: %1</translation>
    </message>
    <message>
        <source>现在查不到事项，请返回后直接选择队列</source>
        <translation>Search is not available. Go back and choose a line</translation>
    </message>
    <message>
        <source>点下面的字母，结果就在这里</source>
        <translation>Touch the letters below; results appear here</translation>
    </message>
    <message>
        <source>没有找到，请换几个字母，或返回后直接选择队列</source>
        <translation>Nothing found. Try other letters, or go back and choose a line</translation>
    </message>
</context>
<context>
    <name>StillThere</name>
    <message>
        <source>还要继续吗？</source>
        <translation>Are you still there?</translation>
    </message>
    <message>
        <source>时间到后，屏幕上的内容会全部清除</source>
        <translation>When the time is up, everything on the screen is cleared</translation>
    </message>
    <message>
        <source>要，继续</source>
        <translation>Yes, go on</translation>
    </message>
    <message>
        <source>不用了，清除并返回首页</source>
        <translation>No, clear and go home</translation>
    </message>
</context>
<context>
    <name>TicketRow</name>
    <message>
        <source>排队说明</source>
        <translation>Why?</translation>
    </message>
    <message>
        <source>补打</source>
        <translation>Print</translation>
    </message>
</context>
<context>
    <name>Words</name>
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
        <source>%1月%2日 %3</source>
        <translation>%3 %2/%1</translation>
    </message>
    <message>
        <source>等候较长</source>
        <translation>Long wait</translation>
    </message>
    <message>
        <source>约 %1 分钟</source>
        <translation>About %1 min</translation>
    </message>
    <message>
        <source>约 %1–%2 分钟</source>
        <translation>About %1–%2 min</translation>
    </message>
    <message>
        <source>今天 %1 开始取号</source>
        <translation>Numbers from %1 today</translation>
    </message>
    <message>
        <source>明天 %1 开始取号</source>
        <translation>Numbers from %1 tomorrow</translation>
    </message>
    <message>
        <source>%1 %2 开始取号</source>
        <translation>Numbers from %1 %2</translation>
    </message>
    <message>
        <source>65 岁以上老年人</source>
        <translation>Aged 65 or over</translation>
    </message>
    <message>
        <source>残疾人</source>
        <translation>Person with a disability</translation>
    </message>
    <message>
        <source>现役或退役军人</source>
        <translation>Serving or former soldier</translation>
    </message>
    <message>
        <source>消防救援人员</source>
        <translation>Firefighter</translation>
    </message>
    <message>
        <source>孕妇</source>
        <translation>Pregnant</translation>
    </message>
    <message>
        <source>都不是</source>
        <translation>None of these</translation>
    </message>
    <message>
        <source>前面 %1 人</source>
        <translation>%1 ahead of you</translation>
    </message>
    <message>
        <source>前面没有人</source>
        <translation>Nobody ahead of you</translation>
    </message>
    <message>
        <source>请到 %1 号窗口</source>
        <translation>Please go to window %1</translation>
    </message>
    <message>
        <source>%1 号窗口正在办理</source>
        <translation>At window %1 now</translation>
    </message>
    <message>
        <source>%1 号窗口已暂挂</source>
        <translation>On hold at window %1</translation>
    </message>
    <message>
        <source>已过号，请到 %1 号窗口恢复</source>
        <translation>Missed: please go to window %1</translation>
    </message>
</context>
</TS>
