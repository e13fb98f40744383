// The keys, in the order of work.
pragma ComponentBehavior: Bound
import QtQuick
import Counter

FocusScope {
    id: view

    required property ActionsModel actions
    required property Orders orders
    required property Ink ink
    required property bool large
    readonly property int tall: large ? 68 : 54
    readonly property real half: (width - 10) / 2

    component Cap: KeyCap {
        actions: view.actions
        orders: view.orders
        ink: view.ink
        width: view.width
        height: view.tall
        size: view.large ? 20 : 18
        spread: true
    }
    component HalfCap: Cap {
        width: view.half
        height: view.large ? 64 : 46
        size: view.large ? 18 : 17
        noteStep: view.width - x
    }

    Column {
        id: column
        width: parent.width
        spacing: 10

        Cap { action: "next"; height: view.large ? 112 : 84; size: view.large ? 32 : 28 }
        Cap { action: "recall" }
        Cap { action: "start" }
        Cap { action: "finish" }
        Cap { action: "miss" }
        Item { width: 1; height: view.large ? 12 : 2 }
        Row {
            spacing: 10
            HalfCap { action: "transfer" }
            HalfCap { action: "hold" }
        }
        Row {
            spacing: 10
            HalfCap { action: "missed" }
            HalfCap { action: "held" }
        }
        Row {
            spacing: 10
            HalfCap { action: "pick" }
            HalfCap { action: "cancel" }
        }
        Item { width: 1; height: view.large ? 12 : 2 }
        Row {
            spacing: 10
            HalfCap { action: "pause" }
            HalfCap { action: "close-window" }
        }
    }
}
