// The clerk's own figures of today.
pragma ComponentBehavior: Bound
import QtQuick
import Counter

Rectangle {
    id: view

    required property MyDayModel myDay
    required property ActionsModel actions
    required property Orders orders
    required property Ink ink

    radius: 16
    color: ink.card
    border { width: 1; color: ink.line }

    component Figure: Column {
        id: figure
        required property string label
        required property string value
        property string unit
        property string name
        width: view.width - 40

        Words { ink: view.ink; text: figure.label; color: view.ink.quiet; font.pixelSize: 16; width: parent.width }
        Row {
            spacing: 6
            Words { id: number; ink: view.ink; objectName: figure.name; text: figure.value; font { pixelSize: 34; weight: Font.Bold; features: { "tnum": 1 } } }
            Words { ink: view.ink; text: figure.unit; color: view.ink.quiet; font.pixelSize: 16; anchors.baseline: number.baseline }
        }
    }

    Column {
        x: 20
        y: 12
        spacing: 16

        Words { ink: view.ink; text: qsTr("我的今天"); font { pixelSize: 20; weight: Font.Bold } height: 32 }
        Figure { label: qsTr("已办理"); value: view.myDay.served; unit: qsTr("人"); name: "served" }
        Figure { label: qsTr("过号"); value: view.myDay.missed; unit: qsTr("人"); name: "missed-count" }
        Figure { label: qsTr("转出"); value: view.myDay.transferred; unit: qsTr("人"); name: "transferred-count" }
        Figure { label: qsTr("平均办理"); value: view.myDay.servingMinutes; unit: qsTr("分钟") }
        Figure { label: qsTr("平均等候"); value: view.myDay.waitingMinutes; unit: qsTr("分钟") }
    }
    Words {
        ink: view.ink
        objectName: "invite-told"
        visible: text !== ""
        text: view.orders.noteAction === "invite" ? view.orders.noteText : ""
        font.pixelSize: 16
        wrapMode: Text.Wrap
        maximumLineCount: 4
        anchors { left: parent.left; right: parent.right; bottom: invite.top; margins: 12; bottomMargin: 66 }
    }
    KeyCap {
        action: "book"
        actions: view.actions
        orders: view.orders
        ink: view.ink
        size: 16
        height: 46
        spread: true
        noteStep: -394
        anchors { left: parent.left; right: parent.right; bottom: invite.top; margins: 8 }
    }
    KeyCap {
        id: invite
        action: "invite"
        actions: view.actions
        orders: view.orders
        ink: view.ink
        size: 16
        height: 46
        spread: true
        notesHere: false
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom; margins: 8 }
    }
}
