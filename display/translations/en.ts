<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>display</name>
    <message>
        <source>{window} 号窗口</source>
        <translation>Window {window}</translation>
    </message>
    <message>
        <source>请到</source>
        <translation>Please go to</translation>
    </message>
    <message>
        <source>号窗口</source>
        <translation>window</translation>
    </message>
    <message>
        <source>请到 {window} 号窗口</source>
        <translation>Please go to window {window}</translation>
    </message>
    <message>
        <source>请 {number} 到 {window} 号窗口</source>
        <translation>{number}, please go to window {window}</translation>
    </message>
    <message>
        <source>再次呼叫</source>
        <translation>Called again</translation>
    </message>
    <message>
        <source>今日尚未叫号，请留意屏幕与广播</source>
        <translation>No calls yet today. Please watch this screen.</translation>
    </message>
    <message>
        <source>队列</source>
        <translation>Line</translation>
    </message>
    <message>
        <source>等候人数</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>预计等候</source>
        <translation>Wait</translation>
    </message>
    <message>
        <source>约 {low}-{high} 分钟</source>
        <translation>{low}-{high} min</translation>
    </message>
    <message>
        <source>等候较久</source>
        <translation>Long wait</translation>
    </message>
    <message>
        <source>暂停取号</source>
        <translation>No numbers now</translation>
    </message>
    <message>
        <source>今日 {time} 开放</source>
        <translation>Opens today {time}</translation>
    </message>
    <message>
        <source>明日 {time} 开放</source>
        <translation>Opens tomorrow {time}</translation>
    </message>
    <message>
        <source>{day} {time} 开放</source>
        <translation>Opens {day} {time}</translation>
    </message>
    <message>
        <source>{month} 月 {day} 日 {time} 开放</source>
        <translation>Opens {month}/{day} {time}</translation>
    </message>
    <message>
        <source>{month} 月 {day} 日 {weekday}</source>
        <translation>{weekday} {month}/{day}</translation>
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
        <source>正在连接大厅系统</source>
        <translation>Connecting to the hall</translation>
    </message>
    <message>
        <source>请稍候，如有需要请咨询工作人员</source>
        <translation>One moment, please. Our staff will gladly help.</translation>
    </message>
    <message>
        <source>数据更新于 {time}</source>
        <translation>As of {time}</translation>
    </message>
    <message>
        <source>本屏暂无语音，请留意屏幕</source>
        <translation>No sound here: please watch the screen</translation>
    </message>
    <message>
        <source>正在使用备用语音</source>
        <translation>Spare voice in use</translation>
    </message>
    <message>
        <source>示例数据</source>
        <translation>Sample data</translation>
    </message>
    <message>
        <source>请等候叫号</source>
        <translation>Please wait for your call</translation>
    </message>
    <message>
        <source>正在办理</source>
        <translation>Now serving</translation>
    </message>
    <message>
        <source>暂停服务</source>
        <translation>Paused</translation>
    </message>
    <message>
        <source>请稍候，或前往其他窗口</source>
        <translation>One moment, or another window, please</translation>
    </message>
    <message>
        <source>窗口未开放</source>
        <translation>Window closed</translation>
    </message>
    <message>
        <source>请前往其他窗口或咨询工作人员</source>
        <translation>Please use another window or ask our staff</translation>
    </message>
    <message>
        <source>大厅没有 {window} 号窗口，请联系管理员</source>
        <translation>The hall has no window {window}; please tell the manager</translation>
    </message>
    <message>
        <source>值班人员 {clerk}</source>
        <translation>On duty: {clerk}</translation>
    </message>
    <message>
        <source>等候 {count} 人</source>
        <translation>{count} waiting</translation>
    </message>
</context>
</TS>
