// Every shared control on one page, to be looked at in each mode and each app's sizes.
pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls

Window {
    id: gallery

    property string app: "kiosk"
    property string mode: "light"
    property int presses: 0

    width: 1920
    height: 1080
    visible: true
    color: Theme.ground

    Component.onCompleted: {
        Theme.moves = false;
        Theme.app = Qt.binding(() => gallery.app);
        Theme.mode = Qt.binding(() => gallery.mode);
        focused.forceActiveFocus(Qt.TabFocusReason);
        note.tell("A012 已由 3 号窗口 李明 办理。");
    }

    Row {
        anchors { fill: parent; margins: 40 }
        spacing: 40

        Column {
            width: 860
            spacing: 28

            PlainText { text: "岳阳市政务服务中心"; size: Theme.title; color: Theme.isContrast ? Theme.ink : Theme.structure; font.weight: Font.Bold }
            ClockText { objectName: "clock"; time: "10:32"; day: "11月23日 周一" }
            PlainText { width: parent.width; text: "这张卡没有读到，请平放再试一次。也可以不用身份证，直接取号；取号后请留意屏幕和广播。" }

            Row {
                spacing: 24
                BigKey { objectName: "main"; kind: "action"; text: "取号"; hint: "Take a number"; size: Theme.large; shortcut: "F12"; onClicked: gallery.presses += 1 }
                BigKey { objectName: "plain"; text: "预约 / 签到"; hint: "Appointments"; size: Theme.large }
            }
            Row {
                spacing: 24
                BigKey { kind: "done"; text: "完成"; shortcut: "F9" }
                BigKey { kind: "danger"; text: "过号" }
                BigKey { text: "转移"; enabled: false }
                BigKey { id: focused; objectName: "focused"; text: "挂起"; shortcut: "F6" }
            }
            RefusalNote { id: note; objectName: "note"; width: parent.width }
            Flow {
                width: parent.width
                spacing: 16
                StateMark { kind: "open"; text: "开放" }
                StateMark { kind: "paused"; text: "暂停服务" }
                StateMark { kind: "closed"; text: "关闭" }
                StateMark { kind: "done"; text: "已完成" }
                StateMark { kind: "refused"; text: "缺纸" }
            }
        }

        Column {
            width: 900
            spacing: 28

            Card {
                width: parent.width
                height: 330
                TicketNumber { anchors.centerIn: parent; objectName: "number"; text: "A012" }
            }
            Row {
                spacing: 40
                TicketNumber { text: "C004"; size: Theme.number * 0.6; called: true }
                CountdownRing { objectName: "ring"; remaining: 22; total: 30; size: 150 }
                CountdownRing { remaining: 7; total: 30; size: 150 }
            }
            Flow {
                width: parent.width
                spacing: 16
                Repeater {
                    model: Object.keys(Theme.laneHues)
                    delegate: LaneBadge { required property string modelData; letter: modelData; size: 84 }
                }
            }
            Card {
                width: parent.width
                height: lane.height + 2 * Theme.space
                Row {
                    id: lane

                    anchors { left: parent.left; verticalCenter: parent.verticalCenter; margins: Theme.space }
                    spacing: Theme.space
                    LaneBadge { letter: "C"; anchors.verticalCenter: parent.verticalCenter }
                    Column {
                        PlainText { text: "不动产登记"; size: Theme.large; font.weight: Font.Medium }
                        PlainText { text: "等候 4 人　约 10-20 分钟"; color: Theme.quiet; size: Theme.body }
                    }
                }
            }
        }
    }
}
