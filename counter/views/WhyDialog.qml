// Why a ticket stands where it stands: at the left who can be asked about, at the right the sentences.
pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls
import Counter

Question {
    id: dialog

    required property WhyModel why

    action: "why"
    title: qsTr("为什么这样排")
    verb: ""
    wide: 1000
    Component.onCompleted: {
        dialog.why.begin()
        tickets.forceActiveFocus()
    }

    ListView {
        id: tickets
        objectName: "why-tickets"
        model: dialog.why.tickets
        width: 220
        height: 440
        clip: true
        focus: true
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        keyNavigationEnabled: false
        Keys.onUpPressed: dialog.why.step(-1)
        Keys.onDownPressed: dialog.why.step(1)
        Keys.onPressed: (event) => {
            if ([Qt.Key_PageDown, Qt.Key_Space].includes(event.key))
                reasons.page(1)
            else if (event.key === Qt.Key_PageUp)
                reasons.page(-1)
        }

        delegate: Item {
            id: asked

            required property int index
            required property string number
            required property string lane
            required property string standing
            required property int id
            readonly property int ticket: asked["id"]
            readonly property bool chosen: ticket === dialog.why.chosen

            objectName: "why-" + number
            width: tickets.width
            height: 40

            Rectangle {
                anchors { fill: parent; margins: 1 }
                radius: Theme.radius
                color: asked.chosen ? dialog.ink.accentSoft : "transparent"
                border { width: asked.chosen && tickets.activeFocus ? 3 : 0; color: Theme.focus }
            }
            LaneBadge {
                id: badge
                letter: asked.lane
                size: 26
                x: 10
                anchors.verticalCenter: parent.verticalCenter
            }
            Words {
                id: numberText
                ink: dialog.ink
                text: asked.number
                font { pixelSize: 20; weight: asked.chosen ? Font.Bold : Font.Medium; features: { "tnum": 1 } }
                anchors { left: badge.right; leftMargin: 10 }
                height: parent.height
            }
            Words {
                ink: dialog.ink
                text: asked.standing
                color: dialog.ink.quiet
                font.pixelSize: 16
                horizontalAlignment: Text.AlignRight
                anchors { left: numberText.right; leftMargin: 8; right: parent.right; rightMargin: 12 }
                height: parent.height
            }
            MouseArea {
                anchors.fill: parent
                onClicked: {
                    dialog.why.choose(asked.ticket)
                    tickets.forceActiveFocus()
                }
            }
        }
    }
    Rectangle {
        x: 236
        width: 1
        height: 440
        color: dialog.ink.line
    }
    Words {
        id: own
        objectName: "why-own"
        ink: dialog.ink
        x: 256
        width: parent.width - x
        text: dialog.why.isAsking ? qsTr("正在查询…") : dialog.why.problem || dialog.why.own
        font { pixelSize: 18; weight: Font.Bold }
        wrapMode: Text.Wrap
        maximumLineCount: 3
    }
    ListView {
        id: reasons

        function page(step: int) {
            const most = Math.max(0, contentHeight - height)
            contentY = Math.max(0, Math.min(most, contentY + step * (height - 40)))
        }

        objectName: "why-reasons"
        model: dialog.why.rows
        anchors { top: own.bottom; topMargin: 8; left: own.left; right: parent.right }
        height: 440 - own.height - 8
        clip: true
        boundsBehavior: Flickable.StopAtBounds

        delegate: Words {
            required property string sentence
            required property bool isHead

            ink: dialog.ink
            text: sentence
            width: reasons.width - 16
            color: isHead ? dialog.ink.quiet : dialog.ink.text
            font { pixelSize: isHead ? 16 : 18; weight: isHead ? Font.Bold : Font.Normal }
            wrapMode: Text.Wrap
            maximumLineCount: 4
            topPadding: isHead ? 12 : 3
            bottomPadding: 3
        }
        Rectangle {
            visible: reasons.contentHeight > reasons.height
            x: reasons.width - 6
            y: reasons.visibleArea.yPosition * reasons.height
            width: 6
            height: reasons.visibleArea.heightRatio * reasons.height
            radius: 3
            color: dialog.ink.quiet
        }
    }
}
