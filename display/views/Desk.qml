// The board over one window.
import QtQuick
import Display

Item {
    id: view

    required property DeskModel desk
    required property CallsModel calls
    required property Ink ink
    readonly property bool called: desk.face === "called"
    readonly property bool busy: desk.number !== ""
    property real glow: 0

    Connections {
        target: view.calls
        function onSeqChanged() {
            if (view.calls.lively)
                pulse.restart()
        }
    }
    SequentialAnimation {
        id: pulse
        loops: 3
        NumberAnimation { target: view; property: "glow"; to: 1; duration: 250; easing.type: Easing.OutQuad }
        PauseAnimation { duration: 700 }
        NumberAnimation { target: view; property: "glow"; to: 0; duration: 250; easing.type: Easing.InQuad }
        PauseAnimation { duration: 300 }
    }

    Rectangle {
        id: head
        width: parent.width
        height: Math.round(parent.height * 0.24)
        radius: 16
        color: view.ink.card
        border { width: 1; color: view.ink.line }

        BoardText {
            id: no
            objectName: "deskTitle"
            ink: view.ink
            text: view.desk.title
            color: view.ink.structure
            font { pixelSize: 128; weight: Font.Black }
            height: parent.height
            anchors { left: parent.left; leftMargin: 48 }
        }
        Column {
            anchors { left: no.right; leftMargin: 48; right: parent.right; rightMargin: 48; verticalCenter: parent.verticalCenter }
            spacing: 8

            BoardText {
                ink: view.ink
                text: view.desk.name
                font { pixelSize: 56; weight: Font.Bold }
                horizontalAlignment: Text.AlignRight
                width: parent.width
            }
            BoardText {
                ink: view.ink
                text: view.desk.duty === "" ? view.desk.laneNames : view.desk.duty
                objectName: "deskDuty"
                color: view.ink.quiet
                font.pixelSize: 44
                horizontalAlignment: Text.AlignRight
                width: parent.width
            }
        }
    }
    Rectangle {
        id: body
        radius: 16
        color: view.busy ? view.ink.stage : view.ink.card
        border { width: view.busy ? 12 : 1; color: view.busy ? Qt.alpha(view.ink.call, view.glow) : view.ink.line }
        anchors { top: head.bottom; topMargin: 16; left: parent.left; right: parent.right; bottom: parent.bottom }

        Column {
            anchors.centerIn: parent
            width: parent.width - 96
            spacing: 8

            BoardText {
                objectName: "deskNumber"
                ink: view.ink
                visible: view.busy
                text: view.desk.number
                numeral: true
                color: view.called ? view.ink.call : "#FFFFFF"
                fontSizeMode: Text.HorizontalFit
                font { pixelSize: 340; weight: Font.Black; features: { "tnum": 1 } }
                horizontalAlignment: Text.AlignHCenter
                width: parent.width
                height: 360
            }
            BoardText {
                objectName: "deskSentence"
                ink: view.ink
                text: view.desk.sentence
                color: view.busy ? "#FFFFFF" : view.ink.text
                fontSizeMode: Text.HorizontalFit
                font { pixelSize: view.busy ? 88 : 150; weight: Font.Bold }
                horizontalAlignment: Text.AlignHCenter
                width: parent.width
            }
            BoardText {
                ink: view.ink
                visible: text !== ""
                text: view.desk.sentenceEn
                color: view.busy ? "#FFFFFF" : view.ink.quiet
                font.pixelSize: view.busy ? 44 : 56
                horizontalAlignment: Text.AlignHCenter
                width: parent.width
            }
            BoardText {
                ink: view.ink
                visible: text !== ""
                text: view.desk.hint
                color: view.busy ? "#FFFFFF" : view.ink.quiet
                font.pixelSize: 64
                horizontalAlignment: Text.AlignHCenter
                width: parent.width
            }
            BoardText {
                ink: view.ink
                visible: text !== ""
                text: view.desk.hintEn
                color: view.busy ? "#FFFFFF" : view.ink.quiet
                font.pixelSize: 40
                horizontalAlignment: Text.AlignHCenter
                width: parent.width
            }
        }
    }
}
