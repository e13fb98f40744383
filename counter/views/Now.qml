// Who is before the window now. The number is amber on dark while it is called, and at no other time.
pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls
import Counter

Rectangle {
    id: view

    required property NowModel now
    required property ActionsModel actions
    required property Orders orders
    required property Ink ink
    required property bool large
    readonly property bool busy: now.number !== ""
    readonly property bool called: now.state === "called"
    readonly property string number: now.number

    onNumberChanged: scroll.contentY = 0

    radius: 16
    color: ink.card
    border { width: 1; color: ink.line }

    Rectangle {
        id: stage
        width: parent.width
        height: view.large ? 212 : 156
        radius: 16
        color: view.called ? view.ink.stage : view.busy ? view.ink.structure : view.ink.off

        Words {
            id: stateText
            objectName: "state"
            ink: view.ink
            text: view.now.stateText
            color: view.busy ? view.ink.light : view.ink.text
            font { pixelSize: 20; weight: Font.Bold }
            x: 20
            y: 12
            width: parent.width - 40 - calls.width
        }
        Words {
            id: calls
            objectName: "calls"
            ink: view.ink
            text: view.now.calls
            color: view.ink.light
            anchors { right: parent.right; rightMargin: 20; baseline: stateText.baseline }
        }
        Words {
            objectName: "number"
            ink: view.ink
            text: view.busy ? view.now.number : "—"
            color: view.called ? view.ink.call : view.busy ? view.ink.light : view.ink.inkOnOff
            font { pixelSize: view.large ? 128 : 96; weight: Font.Black; features: { "tnum": 1 } }
            fontSizeMode: Text.HorizontalFit
            horizontalAlignment: Text.AlignHCenter
            width: parent.width - 32
            height: parent.height - 36
            x: 16
            y: 24
        }
    }
    Rectangle {
        id: clock
        visible: view.busy
        anchors { top: stage.bottom; topMargin: 12; left: parent.left; right: parent.right; leftMargin: 12; rightMargin: 12 }
        height: 52
        radius: Theme.radius
        color: view.now.isLong ? view.ink.call : view.ink.off

        Words {
            objectName: "elapsed"
            ink: view.ink
            text: view.now.clock
            color: view.ink.text
            font { pixelSize: 28; weight: Font.Bold; features: { "tnum": 1 } }
            height: parent.height
            x: 16
        }
        Words {
            objectName: "usual"
            ink: view.ink
            text: view.now.usual
            color: view.ink.text
            font.pixelSize: 16
            height: parent.height
            horizontalAlignment: Text.AlignRight
            anchors { right: parent.right; rightMargin: 16; left: parent.left; leftMargin: 116 }
        }
    }
    Flickable {
        id: scroll
        visible: view.busy
        anchors { top: clock.bottom; topMargin: 12; bottom: person.top; bottomMargin: 8; left: parent.left; right: parent.right; leftMargin: 20; rightMargin: 20 }
        contentHeight: facts.height
        clip: true
        boundsBehavior: Flickable.StopAtBounds

        Column {
            id: facts
            width: scroll.width
            spacing: 8

            Row {
                spacing: 10
                LaneBadge { letter: view.now.lane || "A"; size: 32 }
                Words { ink: view.ink; text: view.now.laneName; height: 32; font.weight: Font.Medium; width: facts.width - 52 - waited.width }
                Words { id: waited; ink: view.ink; text: view.now.waited; objectName: "waited"; height: 32 }
            }
            Words {
                objectName: "matter"
                ink: view.ink
                text: view.now.matter
                font { pixelSize: view.large ? 24 : 20; weight: Font.Bold }
                wrapMode: Text.Wrap
                maximumLineCount: 3
                width: parent.width
            }
            Words {
                ink: view.ink
                visible: text !== ""
                objectName: "why"
                text: view.now.why.join(" · ")
                color: view.ink.accent
                font.weight: Font.Bold
                wrapMode: Text.Wrap
                maximumLineCount: 2
                width: parent.width
            }
            Rectangle {
                visible: view.now.note !== "" || view.now.goesBack !== ""
                width: parent.width
                height: noteText.height + 20
                radius: Theme.radius
                color: view.ink.accentSoft

                Rectangle { width: 4; height: parent.height; color: view.ink.accent }
                Words {
                    id: noteText
                    objectName: "transfer-note"
                    ink: view.ink
                    text: [view.now.note, view.now.goesBack].filter(part => part !== "").join("\n")
                    wrapMode: Text.Wrap
                    maximumLineCount: 8
                    x: 16
                    y: 10
                    width: parent.width - 28
                }
            }
            Words {
                ink: view.ink
                visible: view.now.materials.length > 0
                text: qsTr("请查验材料")
                color: view.ink.quiet
                font { pixelSize: 16; weight: Font.Bold }
                topPadding: 4
            }
            Column {
                width: parent.width
                spacing: 2

                Repeater {
                    model: view.now.materials

                    Item {
                        id: material
                        required property string modelData
                        width: facts.width
                        height: name.height

                        Rectangle { x: 2; y: 8; width: 12; height: 12; radius: 2; color: "transparent"; border { width: 2; color: view.ink.quiet } }
                        Words {
                            id: name
                            ink: view.ink
                            text: material.modelData
                            wrapMode: Text.Wrap
                            maximumLineCount: 2
                            x: 24
                            width: parent.width - 24
                        }
                    }
                }
            }
        }
    }
    Rectangle {
        visible: view.busy && !scroll.atYEnd
        anchors { right: scroll.right; bottom: scroll.bottom }
        width: more.width + 20
        height: 28
        radius: 14
        color: view.ink.accentSoft

        Words { id: more; ink: view.ink; text: "PgDn ↓"; font.pixelSize: 16; color: view.ink.accent; anchors.centerIn: parent }
    }
    Shortcut {
        sequences: ["PgDown"]
        enabled: view.busy && view.visible
        onActivated: scroll.contentY = Math.max(0, Math.min(scroll.contentY + scroll.height / 2, scroll.contentHeight - scroll.height))
    }
    Shortcut {
        sequences: ["PgUp"]
        enabled: view.busy && view.visible
        onActivated: scroll.contentY = Math.max(0, scroll.contentY - scroll.height / 2)
    }
    Item {
        id: person
        visible: view.busy
        anchors { bottom: parent.bottom; left: parent.left; right: parent.right; margins: 12 }
        height: 60

        Rectangle { width: parent.width; height: 1; color: view.ink.line }
        Words {
            objectName: "holder"
            ink: view.ink
            text: view.now.holder
            font { pixelSize: 22; weight: Font.Bold }
            fontSizeMode: Text.Fit
            minimumPixelSize: 16
            wrapMode: Text.Wrap
            maximumLineCount: 2
            anchors { left: parent.left; leftMargin: 8; right: show.left; rightMargin: 8; top: parent.top; topMargin: 4; bottom: parent.bottom }
        }
        KeyCap {
            id: show
            visible: !view.now.nameShown && view.now.hasName
            action: "show-name"
            actions: view.actions
            orders: view.orders
            ink: view.ink
            width: visible ? implicitWidth : 0
            anchors { right: parent.right; bottom: parent.bottom; bottomMargin: 2 }
        }
    }
    Words {
        visible: !view.busy
        ink: view.ink
        objectName: "idle-hint"
        text: view.now.state === "paused" ? qsTr("暂停中，恢复服务后再叫号") : qsTr("请按下一位叫号")
        color: view.ink.quiet
        font.pixelSize: 18
        wrapMode: Text.Wrap
        maximumLineCount: 3
        horizontalAlignment: Text.AlignHCenter
        anchors { top: stage.bottom; topMargin: 32; left: parent.left; right: parent.right; margins: 20 }
    }
}
