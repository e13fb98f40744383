import QtQuick
import Hall.Controls

// A line drawing on a 24x24 grid, in any colour and sharp at any size.
Image {
    id: icon

    required property string name
    property color color: Theme.ink
    property real size: Theme.body

    readonly property var drawings: ({
            "back": "M19 12H5 M11 5l-7 7 7 7",
            "home": "M3 11.5 12 4l9 7.5 M5.5 10v10h13V10 M10 20v-6h4v6",
            "search": "M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13 M15.5 15.5 21 21",
            "people": "M9 5a3 3 0 1 0 0 6a3 3 0 1 0 0-6 M3 20c0-4 2.5-6 6-6s6 2 6 6 M16 6a2.6 2.6 0 1 1 1 5 M17.5 14c2.3 .5 3.5 2.5 3.5 5",
            "clock": "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17 M12 7.5V12l3.5 2.2",
            "place": "M12 21c4.5-5 7-8.3 7-11.5a7 7 0 1 0-14 0C5 12.7 7.5 16 12 21 M12 7a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5",
            "print": "M7 9V3.5h10V9 M7 17H4V9h16v8h-3 M7 14h10v6.5H7z",
            "card": "M3 5.5h18v13H3z M8 9.2a1.8 1.8 0 1 0 0 3.6a1.8 1.8 0 1 0 0-3.6 M5.3 16c.4-1.8 1.4-2.5 2.7-2.5s2.3.7 2.7 2.5 M14 10h4.5 M14 13.5h4.5",
            "check": "M4.5 12.5 10 18 20 6.5",
            "warning": "M12 3.5 22 20.5H2z M12 10v5 M12 17.3v.5",
            "closed": "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17 M6 18 18 6",
            "offline": "M3 9.5c5.5-5 12.5-5 18 0 M6.5 13.5c3.5-3 7.5-3 11 0 M12 18.5v.1 M4 3l16 18",
            "help": "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17 M9.3 9.5a2.7 2.7 0 1 1 4 2.3c-.9.5-1.3 1-1.3 2 M12 16.8v.3",
            "staff": "M12 4a3.2 3.2 0 1 0 0 6.4a3.2 3.2 0 1 0 0-6.4 M5 20.5c0-5 2.8-7 7-7s7 2 7 7z M12 14v3",
            "language": "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17 M3.8 12h16.4 M12 3.5c5 5 5 12 0 17c-5-5-5-12 0-17",
            "elder": "M3 19 8.5 5 14 19 M5 14.5h7 M16 19l2.8-7 2.7 7 M16.8 17h4",
            "low": "M12 3v10 M7.5 9 12 13.5 16.5 9 M4 17h16v3.5H4z",
            "more": "M9 5l7 7-7 7",
            "less": "M15 5l-7 7 7 7",
            "erase": "M8.5 5.5H21v13H8.5L2.5 12z M12 9.5l5 5 M17 9.5l-5 5",
            "close": "M5.5 5.5l13 13 M18.5 5.5l-13 13",
            "heart": "M12 20C5 15 3 11.8 3 8.8a4.6 4.6 0 0 1 9-1.5a4.6 4.6 0 0 1 9 1.5c0 3-2 6.2-9 11.2z",
            "papers": "M6 3.5h8.5L19 8v12.5H6z M14 3.5V8h5 M9 12.5h7 M9 16h7",
            "keypad": "M5 3.5h14v17H5z M9 8v.1 M12 8v.1 M15 8v.1 M9 12v.1 M12 12v.1 M15 12v.1 M9 16v.1 M12 16v.1 M15 16v.1",
            "calendar": "M4 5.5h16v15H4z M4 10h16 M8 3v5 M16 3v5 M8 14h.1 M12 14h.1 M16 14h.1 M8 17.3h.1 M12 17.3h.1",
            "arrive": "M4 5.5h16v15H4z M4 10h16 M8 3v5 M16 3v5 M8 15.2l2.8 2.6 5-5",
            "scan": "M4 8V4h4 M16 4h4v4 M20 16v4h-4 M8 20H4v-4 M4 12h16",
            "phone": "M7 2.8h10v18.4H7z M11 18.5h2"
        })

    width: size
    height: size
    sourceSize: Qt.size(Math.ceil(size), Math.ceil(size))
    fillMode: Image.PreserveAspectFit
    source: name === "" ? "" : "data:image/svg+xml;utf8," + encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="' + (drawings[name] || "") + '" fill="none" stroke="' + color + '" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>')
    Accessible.ignored: true
}
