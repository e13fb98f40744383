// The call that has its turn. It pulses three times over its moment, then stays.
import QtQuick
import Display

Rectangle {
    id: stage

    required property CallsModel calls
    required property Ink ink
    readonly property bool empty: calls.number === ""
    readonly property bool bilingual: calls.pleaseEn !== ""
    property real glow: 0

    radius: 16
    color: stage.ink.stage
    border { width: 10; color: Qt.alpha(stage.ink.call, stage.glow) }

    Connections {
        target: stage.calls
        function onSeqChanged() {
            if (stage.calls.lively)
                pulse.restart()
        }
    }
    SequentialAnimation {
        id: pulse

        SequentialAnimation {
            loops: 3
            NumberAnimation { target: stage; property: "glow"; to: 1; duration: 250; easing.type: Easing.OutQuad }
            PauseAnimation { duration: 700 }
            NumberAnimation { target: stage; property: "glow"; to: 0.15; duration: 250; easing.type: Easing.InQuad }
            PauseAnimation { duration: 300 }
        }
        NumberAnimation { target: stage; property: "glow"; to: 1; duration: 250 }
    }
    states: State {
        when: !stage.calls.lively
        PropertyChanges { stage.glow: 0 }
    }

    Column {
        visible: stage.empty
        anchors.centerIn: parent
        width: parent.width - 96
        spacing: 12

        BoardText {
            ink: stage.ink
            text: stage.calls.nothingYet
            color: "#FFFFFF"
            font.pixelSize: 56
            width: parent.width
            fontSizeMode: Text.HorizontalFit
            horizontalAlignment: Text.AlignHCenter
        }
        BoardText {
            ink: stage.ink
            text: stage.calls.nothingYetEn
            color: "#FFFFFF"
            font.pixelSize: 32
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
        }
    }

    BoardText {
        id: number
        objectName: "largeNumber"
        visible: !stage.empty
        ink: stage.ink
        text: stage.calls.number
        numeral: true
        color: stage.ink.call
        elide: Text.ElideNone
        fontSizeMode: Text.HorizontalFit
        font { pixelSize: 220; weight: Font.Black; features: { "tnum": 1 } }
        width: parent.width * 0.49
        height: parent.height
        anchors { left: parent.left; leftMargin: 40 }
    }
    Column {
        visible: !stage.empty
        anchors { left: number.right; leftMargin: 24; right: parent.right; rightMargin: 32; verticalCenter: parent.verticalCenter }
        spacing: 0

        BoardText {
            ink: stage.ink
            text: [stage.calls.again, stage.calls.holder, stage.calls.pleaseTo].filter(t => t !== "").join("  ")
            color: "#FFFFFF"
            font { pixelSize: stage.bilingual ? 42 : 48; weight: Font.Medium }
            height: stage.bilingual ? 54 : 68
            width: parent.width
        }
        Row {
            spacing: 16
            BoardText {
                id: desk
                objectName: "largeWindow"
                ink: stage.ink
                text: stage.calls.window
                numeral: true
                color: stage.ink.call
                elide: Text.ElideNone
                font { pixelSize: stage.bilingual ? 116 : 132; weight: Font.Black; features: { "tnum": 1 } }
                height: stage.bilingual ? 118 : 140
            }
            BoardText {
                ink: stage.ink
                text: stage.calls.windowWord
                color: "#FFFFFF"
                font { pixelSize: 72; weight: Font.Bold }
                height: stage.bilingual ? 118 : 140
                elide: Text.ElideNone
            }
        }
        BoardText {
            ink: stage.ink
            text: stage.calls.place === "" ? "" : stage.calls.arrow + " " + stage.calls.place
            color: "#FFFFFF"
            font.pixelSize: stage.bilingual ? 40 : 44
            height: stage.bilingual ? 54 : 64
            width: parent.width
        }
        BoardText {
            ink: stage.ink
            text: stage.calls.pleaseEn
            visible: stage.bilingual
            color: "#FFFFFF"
            font.pixelSize: 32
            height: 44
            width: parent.width
        }
    }
}
