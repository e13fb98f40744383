// A key to press: by finger, by mouse, or by the keyboard (space, enter, and `shortcut`).
// `kind` says what it does: action (the one main thing), plain, done, danger.
import QtQuick
import QtQuick.Templates as T

T.AbstractButton {
    id: key

    property string kind: "plain"
    // A second, quieter line.
    property string hint: ""
    // The key on the keyboard that does the same; shown in the corner.
    property string shortcut: ""
    property real size: Theme.body
    property bool busy: false

    readonly property bool _filled: kind === "action" || kind === "done" || kind === "danger"
    readonly property color _fill: !enabled ? Theme.off
        : kind === "action" ? (down ? Theme.actionPressed : Theme.action)
        : kind === "done" ? (down ? Qt.darker(Theme.done, 1.2) : Theme.done)
        : kind === "danger" ? (down ? Qt.darker(Theme.refusal, 1.2) : Theme.refusal)
        : down ? Theme.actionSoft : Theme.surface
    readonly property color _ink: !enabled ? Theme.inkOnOff
        : kind === "action" ? Theme.inkOnAction
        : kind === "done" ? Theme.inkOnDone
        : kind === "danger" ? Theme.inkOnRefusal
        : Theme.isContrast ? Theme.ink : Theme.structure

    readonly property real _corner: shortcut === "" ? 0 : corner.implicitWidth + Theme.grid / 2

    implicitWidth: Math.max(Theme.touch, face.implicitWidth + 2 * Math.max(Theme.space, _corner + 2 * Theme.grid))
    implicitHeight: Math.max(Theme.touch, face.implicitHeight + 2 * Theme.grid)
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true

    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: hint
    Accessible.onPressAction: clicked()

    Keys.onReturnPressed: if (enabled) clicked()
    Keys.onEnterPressed: if (enabled) clicked()

    Shortcut {
        sequences: key.shortcut === "" ? [] : [key.shortcut]
        enabled: key.enabled && key.visible
        onActivated: key.clicked()
    }

    background: Rectangle {
        radius: Theme.radius
        color: key._fill
        border.width: key._filled && key.enabled ? 0 : Theme.hairline
        border.color: key.hovered && key.enabled ? Theme.action : Theme.line

        Behavior on color {
            ColorAnimation { duration: Theme.quick }
        }
    }

    contentItem: Item {
        Column {
            id: face

            anchors.centerIn: parent
            width: Math.min(implicitWidth, parent.width)
            spacing: Theme.grid / 2

            Text {
                anchors.horizontalCenter: parent.horizontalCenter
                width: Math.min(implicitWidth, key.width - 2 * Theme.gap)
                text: key.text
                textFormat: Text.PlainText
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.Wrap
                color: key._ink
                opacity: key.busy ? 0.6 : 1
                font.family: Theme.family
                font.pixelSize: key.size
                font.weight: Font.DemiBold
            }

            Text {
                anchors.horizontalCenter: parent.horizontalCenter
                width: Math.min(implicitWidth, key.width - 2 * Theme.gap)
                visible: text !== ""
                text: key.hint
                textFormat: Text.PlainText
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.Wrap
                color: key._filled || !key.enabled ? key._ink : Theme.quiet
                font.family: Theme.family
                font.pixelSize: Math.max(Theme.small, key.size * 0.62)
            }
        }

        Text {
            id: corner

            anchors { top: parent.top; right: parent.right; margins: Theme.grid }
            visible: text !== ""
            text: key.shortcut
            textFormat: Text.PlainText
            color: key._filled || !key.enabled ? key._ink : Theme.quiet
            font.family: Theme.family
            font.pixelSize: Theme.keyName
            font.weight: Font.Medium
        }
    }

    FocusRing {
        around: key
        shown: key.visualFocus
    }
}
