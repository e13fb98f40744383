import QtQuick
import Hall.Controls

// In place of choices: that they are being fetched, that there are none, or that they could not be had.
Item {
    id: empty

    required property string status
    required property string sentence
    property string none
    property string againText

    signal again

    visible: status !== "ready"

    Column {
        anchors.centerIn: parent
        width: parent.width * 0.9
        spacing: Theme.space

        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            name: empty.status === "failed" ? "offline" : empty.status === "asking" ? "clock" : "calendar"
            color: Theme.quiet
            size: Math.min(140 * Look.unit, empty.height * 0.25)
        }

        Say {
            objectName: "empty-sentence"
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            size: Theme.large
            text: empty.status === "failed" ? empty.sentence : empty.status === "asking" ? qsTr("正在查询，请稍候") : empty.none
        }

        Key {
            objectName: "empty-again"
            anchors.horizontalCenter: parent.horizontalCenter
            visible: empty.status === "failed" || empty.status === "none" && empty.againText !== ""
            width: Math.min(parent.width, 560 * Look.unit)
            height: 140 * Look.unit
            look: "main"
            icon: "more"
            size: 44 * Look.unit
            text: empty.againText === "" ? qsTr("再试一次") : empty.againText
            onTapped: empty.again()
        }
    }
}
