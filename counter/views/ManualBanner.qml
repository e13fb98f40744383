// Says plainly that the desk works without the hub, since when, and what becomes of what is noted.
import QtQuick
import Hall.Controls
import Counter

Rectangle {
    id: banner

    required property ManualModel manual
    required property Ink ink

    height: 68
    color: Theme.callSoft

    Rectangle { width: parent.width; height: 3; color: Theme.call; anchors.bottom: parent.bottom }
    Rectangle {
        id: mark
        x: 20
        width: 36
        height: 36
        radius: 18
        color: Theme.inkOnCallSoft
        anchors.verticalCenter: parent.verticalCenter

        Words { ink: banner.ink; text: banner.manual.mayType ? "!" : "✓"; color: "#FFFFFF"; font { pixelSize: 24; weight: Font.Black } anchors.centerIn: parent }
    }
    Words {
        id: headline
        objectName: "manual-headline"
        ink: banner.ink
        text: [banner.manual.headline, banner.manual.since].filter(part => part !== "").join("　")
        color: Theme.inkOnCallSoft
        font { pixelSize: 26; weight: Font.Bold }
        height: parent.height
        anchors { left: mark.right; leftMargin: 14 }
        width: Math.min(implicitWidth, parent.width - 400)
    }
    Words {
        ink: banner.ink
        text: banner.manual.mayType ? qsTr("请口头叫号。每一步先存在本机，连接恢复后自动并入系统") : ""
        color: Theme.inkOnCallSoft
        font.pixelSize: 18
        height: parent.height
        horizontalAlignment: Text.AlignRight
        anchors { left: headline.right; leftMargin: 32; right: parent.right; rightMargin: 20 }
    }
}
