// Hall, window and clerk; how old the data is when it is old; the clock and the way out.
import QtQuick
import Counter

Rectangle {
    id: bar

    required property SessionModel session
    required property StatusModel status
    required property NowModel now
    required property ManualModel manual
    required property ActionsModel actions
    required property Orders orders
    required property Ink ink
    required property bool atDesk

    color: ink.structure

    Row {
        id: left
        x: 16
        height: parent.height
        spacing: 20

        Words {
            ink: bar.ink
            objectName: "window-title"
            visible: text !== ""
            text: bar.now.window || (bar.manual.active ? bar.manual.window : "")
            color: bar.ink.light
            font { pixelSize: 24; weight: Font.Bold }
            height: parent.height
        }
        Words {
            ink: bar.ink
            objectName: "clerk-name"
            text: bar.manual.active ? bar.manual.who : bar.session.name
            color: bar.ink.light
            font.pixelSize: 18
            height: parent.height
            width: Math.min(implicitWidth, bar.manual.active ? 320 : 220)
        }
        Words {
            ink: bar.ink
            visible: bar.width > 1500
            text: bar.status.hall
            color: bar.ink.light
            height: parent.height
        }
    }
    Rectangle {
        visible: bar.status.age !== "" && !bar.manual.active
        anchors.centerIn: parent
        width: age.implicitWidth + 40
        height: 38
        radius: 19
        color: "#FFFFFF"

        Words {
            id: age
            objectName: "age"
            ink: bar.ink
            text: bar.status.age
            color: "#7A1710"
            font { pixelSize: 18; weight: Font.Bold }
            anchors.centerIn: parent
        }
    }
    Row {
        anchors { right: parent.right; rightMargin: 16; verticalCenter: parent.verticalCenter }
        spacing: 12

        KeyCap {
            visible: bar.atDesk
            action: "shape"
            actions: bar.actions
            orders: bar.orders
            ink: bar.ink
            dark: true
            height: 40
        }
        PlainKey {
            objectName: "language"
            ink: bar.ink
            dark: true
            text: bar.status.english ? "中文" : "English"
            height: 40
            onActivated: bar.status.switchLanguage()
        }
        KeyCap {
            visible: bar.session.name !== "" && !bar.manual.active
            action: "sign-out"
            actions: bar.actions
            orders: bar.orders
            ink: bar.ink
            dark: true
            notesBelow: true
            height: 40
        }
        Words {
            ink: bar.ink
            objectName: "clock"
            text: bar.status.clock
            color: bar.ink.light
            font { pixelSize: 28; weight: Font.Bold; features: { "tnum": 1 } }
            height: 40
            leftPadding: 8
        }
    }
}
