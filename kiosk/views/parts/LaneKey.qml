import QtQuick
import Hall.Controls

// A lane to choose: letter, name, people waiting, the wait where it is known, open until or the next opening.
Rectangle {
    id: key

    required property string letter
    required property string name
    required property int waiting
    required property bool isOpen
    required property string closesAt
    required property string opensDay
    required property string opensAt
    required property string waitKind
    required property int waitLow
    required property int waitHigh
    property bool isNarrow: false

    signal tapped

    readonly property string people: !isOpen ? qsTr("现在不取号") : waiting < 0 ? qsTr("离线取号") : qsTr("等候 %1 人").arg(waiting)
    readonly property string hours: isOpen ? (closesAt === "" ? "" : qsTr("取号至 %1").arg(closesAt)) : Words.opening(opensDay, opensAt)
    readonly property string wait: isOpen ? Words.wait(waitKind, waitLow, waitHigh) : ""

    objectName: "lane-" + letter
    radius: Theme.radius
    color: area.pressed ? Theme.actionSoft : isOpen ? Theme.surface : Theme.off
    border.width: Math.max(1, 2 * Look.unit)
    border.color: Theme.line
    Accessible.role: Accessible.Button
    Accessible.name: [letter, name, people, wait, hours].filter(part => part !== "").join("，")
    Accessible.onPressAction: key.tapped()

    Behavior on color {
        ColorAnimation {
            duration: 150
        }
    }

    LaneBadge {
        id: badge

        anchors.left: parent.left
        anchors.leftMargin: key.isNarrow ? Theme.gap : Theme.space
        anchors.verticalCenter: parent.verticalCenter
        size: Math.min(key.height - 2 * Theme.gap, (Look.isElder ? 128 : key.isNarrow ? 72 : 88) * Look.unit)
        letter: key.letter
        color: key.isOpen ? Theme.laneHue(key.letter) : Theme.quiet
    }

    Column {
        anchors.left: badge.right
        anchors.leftMargin: key.isNarrow ? Theme.gap : Theme.space
        anchors.right: key.isNarrow || Look.isElder ? parent.right : aside.left
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        spacing: (Look.isElder ? 12 : 4) * Look.unit

        Say {
            width: parent.width
            text: key.name
            size: key.isNarrow && width < 420 * Look.unit ? 36 * Look.type : Theme.large
            font.bold: true
            color: key.isOpen ? Theme.ink : Theme.quiet
            maximumLineCount: Look.isElder ? 2 : 1
            elide: Text.ElideRight
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 26 * Look.unit
        }

        Say {
            width: parent.width
            visible: !Look.isElder && !key.isNarrow && text !== ""
            text: key.hours
            size: Theme.small
            color: Theme.quiet
            maximumLineCount: 1
            elide: Text.ElideRight
        }

        Say {
            width: parent.width
            visible: Look.isElder || key.isNarrow
            text: key.isOpen ? [key.people, key.wait].filter(part => part !== "").join("   ") : key.hours === "" ? key.people : key.hours
            size: Look.isElder || width >= 420 * Look.unit ? Theme.body : Theme.small
            color: key.isOpen ? Theme.structure : Theme.quiet
            maximumLineCount: Look.isElder ? 2 : 1
            elide: Text.ElideRight
            fontSizeMode: Look.isElder ? Text.FixedSize : Text.HorizontalFit
            minimumPixelSize: 22 * Look.unit
        }
    }

    Column {
        id: aside

        visible: !key.isNarrow && !Look.isElder
        anchors.right: more.left
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        spacing: 4 * Look.unit

        Row {
            anchors.right: parent.right
            spacing: 10 * Look.unit

            Icon {
                name: key.isOpen ? "people" : "closed"
                color: key.isOpen ? Theme.structure : Theme.quiet
                size: 36 * Look.unit
                anchors.verticalCenter: parent.verticalCenter
            }

            Say {
                text: key.people
                font.bold: key.isOpen
                color: key.isOpen ? Theme.structure : Theme.quiet
            }
        }

        Say {
            anchors.right: parent.right
            visible: text !== ""
            text: key.wait
            size: Theme.small
            color: Theme.quiet
        }
    }

    Icon {
        id: more

        visible: !key.isNarrow
        anchors.right: parent.right
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        name: "more"
        color: Theme.quiet
        size: 36 * Look.unit
    }

    MouseArea {
        id: area

        anchors.fill: parent
        onClicked: key.tapped()
    }
}
