import "./index.css";
import "./derivation.css";
import "./graph.css";
import "./graph-panel.css";
import "./editor.css";
