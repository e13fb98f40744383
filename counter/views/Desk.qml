// Left to right: now, the keys in the order of work, the line, my day.
import QtQuick
import Counter

FocusScope {
    id: desk

    required property ActionsModel actions
    required property Orders orders
    required property NowModel now
    required property LineModel line
    required property WhyModel why
    required property MyDayModel myDay
    required property Ink ink
    readonly property bool wide: width >= 1600

    Now {
        id: left
        now: desk.now
        actions: desk.actions
        orders: desk.orders
        ink: desk.ink
        large: desk.wide
        x: 16
        y: 16
        width: desk.wide ? 500 : 348
        height: parent.height - 32
    }
    Actions {
        id: keys
        actions: desk.actions
        orders: desk.orders
        ink: desk.ink
        large: desk.wide
        focus: true
        anchors { left: left.right; leftMargin: 16 }
        y: 16
        width: desk.wide ? 380 : 312
        height: parent.height - 32
        z: 2
    }
    Line {
        id: middle
        line: desk.line
        why: desk.why
        actions: desk.actions
        orders: desk.orders
        ink: desk.ink
        anchors { left: keys.right; leftMargin: 16; right: day.left; rightMargin: 16 }
        y: 16
        height: parent.height - 32
    }
    MyDay {
        id: day
        myDay: desk.myDay
        actions: desk.actions
        orders: desk.orders
        ink: desk.ink
        anchors { right: parent.right; rightMargin: 16 }
        y: 16
        width: desk.wide ? 260 : 168
        height: parent.height - 32
    }
}
